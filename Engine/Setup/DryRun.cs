using System.Text;
using System.Text.Json.Nodes;
using ClickSink.Engine.Columns;
using ClickSink.Engine.Delivery;
using ClickSink.Engine.Formats;
using ClickSink.Engine.Pipelines;
using ClickSink.Engine.Sources.Kafka.Sampling;
using ClickSink.Engine.Transforms;

namespace ClickSink.Engine.Setup;

/// <summary>
/// Takes messages through the decoding and the transforms of a document, by the same code as its pipeline, and tells what would be stored. No server is asked, a
/// schema registry aside.
/// </summary>
public static class DryRun
{
    /// <summary>How many messages are tried at most.</summary>
    public const int MaxMessages = 1000;

    private const int MaxRows = 10_000;

    /// <summary>Tries messages, in their order.</summary>
    /// <param name="options">A document without faults.</param>
    /// <param name="messages">The messages.</param>
    public static DryRunReport Try(PipelineOptions options, IReadOnlyList<SampledMessage> messages)
    {
        var plan = PipelinePlan.Compile(options, version: 1, generation: 1);
        using var decoder = plan.CreateDecoder(TimeProvider.System);
        using var staged = plan.Layout.CreateRows();
        var topic = Encoding.UTF8.GetBytes(plan.Topic);
        var rows = new List<DryRunRow>();
        var rejected = new List<DryRunReject>();
        var leftOut = new List<int>();
        for (var number = 0; number < messages.Count; number++)
        {
            var before = rows.Count;
            if (!decoder.TryDecode(Restore(messages[number], topic), staged, out var fault))
                rejected.Add(new DryRunReject(number, fault.Column, fault.Path, fault.Value, fault.Reason));
            else if (rows.Count < MaxRows)
                AddRows(plan, staged, number, rows);
            if (fault is null && rows.Count == before) leftOut.Add(number);
            staged.Clear();
        }

        return new DryRunReport(messages.Count, [.. plan.Layout.Output.Columns.Select(column => column.Name)], rows, rejected, leftOut);
    }

    private static void AddRows(PipelinePlan plan, StagedRows staged, int number, List<DryRunRow> rows)
    {
        var block = staged.Output;
        for (var row = 0; row < block.Rows; row++)
        {
            var set = staged.GetRoutes(row);
            if (set == StagedRows.Dropped) continue;
            var values = new JsonObject();
            foreach (var column in block.Columns) values[column.Name] = ColumnJson.Read(column, row);
            var routes = plan.Transforms.Routing is { } routing ? routing.Names.Where((_, route) => routing.Has(set, route)) : [];
            rows.Add(new DryRunRow(number, [.. routes], values));
        }
    }

    private static Message Restore(SampledMessage message, byte[] topic) => new()
    {
        Value = message.Value,
        IsNull = message.Value is null,
        Key = message.Key,
        Topic = topic,
        Partition = message.Partition,
        Offset = message.Offset,
        TimestampMilliseconds = message.TimestampMilliseconds,
    };
}
