namespace ClickSink.Engine.Mapping.Inference;

/// <summary>
/// Infers a mapping from sampled messages. It does not rely on its own rules: whatever they propose is tried with the decoder on the very
/// same messages, and a column that
/// refuses a value becomes text, which takes everything.
/// </summary>
public static class MappingInference
{
    private static readonly ColumnMapping[] Metadata =
    [
        new() { Name = "kafka_topic", Type = "LowCardinality(String)", Path = "$kafka.topic" },
        new() { Name = "kafka_partition", Type = "Int32", Path = "$kafka.partition" },
        new() { Name = "kafka_offset", Type = "Int64", Path = "$kafka.offset" },
        new() { Name = "kafka_timestamp", Type = "Nullable(DateTime64(3, 'UTC'))", Path = "$kafka.timestamp" },
    ];

    private static readonly ColumnMapping[] Changes =
    [
        new() { Name = "_version", Type = "UInt64", Path = "$debezium.version" },
        new() { Name = "_deleted", Type = "UInt8", Path = "$debezium.deleted" },
    ];

    /// <summary>Infers a mapping.</summary>
    /// <param name="messages">Values of messages, as JSON text: an object, or an array of objects.</param>
    /// <param name="options">How to infer.</param>
    public static InferenceResult Infer(IReadOnlyList<byte[]> messages, InferenceOptions options)
    {
        var gathered = new SampleGatherer();
        for (var i = 0; i < messages.Count; i++) gathered.Add(messages[i], i);
        var notes = new List<string>();
        List<ColumnMapping> metadata = [.. options.HasChanges ? Changes : [], .. options.Metadata ? Metadata.Select(column => Fitting(column, options)) : []];
        var fields = new FieldProposer(options, gathered.Rows, metadata.Select(column => column.Name), notes).Propose(gathered.Root);
        fields = Limit(fields, options.MaxColumns - metadata.Count, notes);
        var unreadable = gathered.Unreadable.ToList();
        fields = ProposalTrial.Correct(fields, gathered.Readable, unreadable);
        return new InferenceResult
        {
            Mapping = new MappingOptions { Columns = [.. fields.Select(ToColumn), .. metadata] },
            Fields = fields,
            Rows = gathered.Rows,
            Unreadable = unreadable,
            Notes = notes,
        };
    }

    /// <summary>The column of a proposal.</summary>
    internal static ColumnMapping ToColumn(FieldProposal field) =>
        new() { Name = field.Column, Type = field.Type, Path = field.Path == field.Column ? null : field.Path };

    private static ColumnMapping Fitting(ColumnMapping column, InferenceOptions options) => TypeSupport.CanBuild(column.Type, options)
        ? column
        : column with { Type = column.Type.StartsWith("LowCardinality", StringComparison.Ordinal) ? "String" : "Nullable(Int64)" };

    private static IReadOnlyList<FieldProposal> Limit(IReadOnlyList<FieldProposal> fields, int most, List<string> notes)
    {
        if (fields.Count <= most) return fields;
        var kept = fields.OrderByDescending(field => field.Values).Take(Math.Max(1, most)).ToHashSet();
        notes.Add(
            $"{fields.Count - kept.Count} of {fields.Count} fields have no column, those that were seen least: maxColumns is {most}. mapping.unknown: keep puts them into one column");
        return [.. fields.Where(kept.Contains)];
    }
}
