using System.Text;
using ClickSink.Engine.Columns;
using ClickSink.Engine.Formats;
using ClickSink.Engine.Mapping;
using ClickSink.Engine.Mapping.Inference;
using ClickSink.Engine.Pipelines;
using ClickSink.Engine.Sources;
using ClickSink.Engine.Sources.Kafka.Sampling;

namespace ClickSink.Engine.Setup;

/// <summary>
/// Sampled messages as JSON, whatever their format is: decoded as a pipeline would, under a mapping that has nothing but the column for all
/// fields that nobody maps. So inference sees exactly what a mapping will see.
/// </summary>
internal static class SampleRows
{
    private const string Row = "row";
    private static readonly string[] WithoutFields = ["csv", "tsv", "raw"];

    /// <summary>Why nothing can be inferred from a format; null if it can.</summary>
    public static string? WhyNot(FormatOptions format)
    {
        var name = FormatKinds.Of(format).Kind.Name;
        return WithoutFields.Contains(name)
            ? $"messages of the format {name} do not say which fields they have: write the mapping yourself"
            : null;
    }

    /// <summary>Reads the rows.</summary>
    /// <param name="format">A format that <see cref="WhyNot"/> has nothing against.</param>
    /// <param name="messages">The messages; tombstones are left out.</param>
    /// <param name="unreadable">Receives those that are no rows, JSON aside: that is for the inference to say.</param>
    /// <exception cref="SourceUnavailableException">What the format needs, such as a schema registry, does not answer.</exception>
    public static List<byte[]> Read(FormatOptions format, IReadOnlyList<SampledMessage> messages, ICollection<UnreadableMessage> unreadable)
    {
        var values = messages.Where(message => message.Value is not null).ToList();
        if (FormatKinds.Of(format).Kind.Name == "json") return [.. values.Select(message => message.Value!)];
        var faults = new List<Fault>();
        var mapping = new MappingOptions { Columns = [new ColumnMapping { Name = Row, Type = "String" }], Rest = Row };
        if (!MappingPlan.TryCompile(mapping, out var plan, faults)) throw new InvalidOperationException(string.Join("; ", faults));
        var decoder = FormatKinds.CreateDecoder(format, plan);
        using var block = plan.CreateBlock();
        var column = (StringColumn)block.Columns[0];
        var rows = new List<byte[]>();
        for (var i = 0; i < values.Count; i++)
        {
            if (!decoder.TryDecode(new Message { Value = values[i].Value, Key = values[i].Key, Topic = "t"u8 }, block, out var fault))
            {
                if (fault.IsTransient) throw new SourceUnavailableException(fault.Reason);
                unreadable.Add(new UnreadableMessage(i, fault.Reason));
            }

            // An object without fields leaves no rest.
            for (var row = 0; row < block.Rows; row++) rows.Add(column[row].IsEmpty ? Encoding.UTF8.GetBytes("{}") : column[row].ToArray());
            block.Truncate(0);
        }

        (decoder as IDisposable)?.Dispose();
        return rows;
    }
}
