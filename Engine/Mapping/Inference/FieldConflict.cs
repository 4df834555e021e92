namespace ClickSink.Engine.Mapping.Inference;

/// <summary>One of several kinds of values that a field has.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Count">Rows that have it.</param>
/// <param name="Examples">Some of them, as JSON, cut.</param>
public sealed record FieldConflict(JsonKind Kind, int Count, IReadOnlyList<string> Examples);
