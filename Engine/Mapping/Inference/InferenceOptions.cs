using System.ComponentModel.DataAnnotations;

namespace ClickSink.Engine.Mapping.Inference;

/// <summary>How a mapping is inferred from messages.</summary>
public sealed record InferenceOptions
{
    /// <summary>
    /// Whether integers get the smallest type that holds what was seen; by default they get 64 bits, which hold what comes later as well.
    /// </summary>
    public bool Tight { get; init; }

    /// <summary>Whether the message's topic, partition, offset and timestamp become columns too; not by default.</summary>
    public bool Metadata { get; init; }

    /// <summary>Columns at most; 500 by default. The fields that were seen least are left out, and told.</summary>
    [Range(1, 10_000)]
    public int MaxColumns { get; init; } = 500;

    /// <summary>
    /// How deep objects inside of objects become columns of their own; 6 by default. What lies deeper is kept as JSON text.
    /// </summary>
    [Range(1, 60)]
    public int MaxDepth { get; init; } = 6;

    /// <summary>
    /// The type families that the server has, as <c>system.data_type_families</c> names them; null when that is not known, and every type
    /// counts that columns can be built for.
    /// </summary>
    internal IReadOnlySet<string>? Families { get; init; }

    /// <summary>Whether the messages are changes of rows, so that columns for the version and for deletes are proposed too.</summary>
    internal bool HasChanges { get; init; }

    /// <summary>
    /// Whether only the plainest types are proposed: text, 64-bit integers, floats, true or false, each with null. For few samples, and for
    /// decisions that nobody looks at.
    /// </summary>
    internal bool Cautious { get; init; }
}
