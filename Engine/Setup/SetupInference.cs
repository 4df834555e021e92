using ClickSink.Engine.Formats;
using ClickSink.Engine.Mapping.Inference;
using ClickSink.Engine.Sinks.ClickHouse.Tables;
using ClickSink.Engine.Sources.Kafka.Sampling;
using Microsoft.Extensions.Logging;

namespace ClickSink.Engine.Setup;

/// <summary>Proposes a whole pipeline for a topic: sample, mapping, table, document.</summary>
public static class SetupInference
{
    /// <summary>Proposes. Nothing is changed.</summary>
    /// <param name="request">The source, and the target if the table is to be proposed too.</param>
    /// <param name="logger">Receives librdkafka's own log lines.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="Sources.SourceUnavailableException">Kafka does not answer, or has no such topic.</exception>
    /// <exception cref="ClickHouseInquiryException">ClickHouse does not answer, or refuses.</exception>
    public static async Task<SetupProposal> ProposeAsync(SetupRequest request, ILogger logger, CancellationToken cancellation)
    {
        // 1. What the topic has.
        var sample = await Task.Run(() => KafkaSampler.Take(request.Kafka!, request.Sample, logger, cancellation), cancellation);
        var unreadable = new List<UnreadableMessage>();
        var messages = await Task.Run(() => SampleRows.Read(request.Format, sample.Messages, unreadable), cancellation);
        var tombstones = sample.Messages.Count(message => message.Value is null);
        var notes = new List<string>();
        if (sample.Note is not null) notes.Add($"the sample is smaller than asked for: {sample.Note}");
        if (tombstones > 0) notes.Add($"{tombstones} messages are tombstones: they have no value, and make no row");

        // 2. What the server can hold.
        using var inspector = request.Clickhouse is null ? null : SetupChecks.Inspector(request.Clickhouse);
        var server = inspector is null ? null : await inspector.ServerAsync(cancellation);

        // 3. The mapping, in types that the server has.
        var options = request.Infer with { Families = server?.TypeFamilies, HasChanges = FormatKinds.Of(request.Format).Kind.HasChanges };
        var inference = MappingInference.Infer(messages, options);
        inference = inference with { Unreadable = [.. unreadable, .. inference.Unreadable] };
        notes.AddRange(inference.Notes);
        if (options.HasChanges)
            notes.Add(
                "these are changes of rows: an engine ReplacingMergeTree(_version, _deleted), sorted by the table's key, keeps the newest of each");
        if (inference.Unreadable.Count > 0)
            notes.Add($"{inference.Unreadable.Count} messages are no rows; the first one: {inference.Unreadable[0].Reason}");
        if (inference.Mapping.Columns.Count == 0)
            notes.Add("no message of the sample tells a field: sample another place of the topic, or write the mapping yourself");

        // 4. The table: how to make it, or how the one that is there differs.
        TableProposal? proposal = null;
        IReadOnlyList<TableDifference> differences = [];
        if (inspector is not null && inference.Mapping.Columns.Count > 0)
        {
            var plan = SetupChecks.Compile(inference.Mapping);
            var sink = request.Clickhouse!;
            if (await inspector.TableAsync(sink.Database, sink.MainTable, cancellation) is { } table)
                differences = TableCheck.Compare(table, plan);
            else proposal = TableProposer.Propose(sink, plan, inference.Fields, server!);
        }

        return new SetupProposal(
            ProposedDocument.Write(request, inference.Mapping, proposal), sample.Messages.Count - tombstones, inference, proposal,
            differences, notes);
    }
}
