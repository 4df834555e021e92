namespace ClickSink.Engine.Mapping.Inference;

/// <summary>What was inferred from messages.</summary>
public sealed record InferenceResult
{
    /// <summary>The mapping: every readable message of the sample decodes with it without a reject.</summary>
    public required MappingOptions Mapping { get; init; }

    /// <summary>Its columns with their reasons, in the same order; those of the message's metadata are not among them.</summary>
    public required IReadOnlyList<FieldProposal> Fields { get; init; }

    /// <summary>Rows that the sample has: an array of objects is several.</summary>
    public required int Rows { get; init; }

    /// <summary>Messages that are no rows.</summary>
    public required IReadOnlyList<UnreadableMessage> Unreadable { get; init; }

    /// <summary>What else somebody should know, such as fields that were left out.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
