using ClickSink.Engine.Formats;
using ClickSink.Engine.Mapping;

namespace ClickSink.Engine.Delivery.Unknown;

/// <summary>
/// Rejects a message for its first field that nobody maps, if the mapping says so. What follows from that is decided after the message.
/// </summary>
internal sealed class UnknownFieldGuard : IUnknownFields
{
    private readonly HashSet<string> _unmappable = new(StringComparer.Ordinal);

    private UnknownFieldGuard(UnknownPolicy policy)
    {
        IsAdding = policy is UnknownPolicy.Add;
        IsActive = !IsAdding;
    }

    /// <summary>Whether a field is reason for a column, not for a reject.</summary>
    public bool IsAdding { get; }

    /// <summary>
    /// Whether it looks at all. Ranges that are written again are decoded as they were the first time: a column that came later is none of
    /// them.
    /// </summary>
    public bool IsActive { get; set; }

    /// <summary>Whether a field was refused since this was last set.</summary>
    public bool HasRefused { get; set; }

    /// <summary>The guard of a mapping; null if it needs none.</summary>
    public static UnknownFieldGuard? For(MappingPlan mapping) =>
        mapping.Unknown is UnknownPolicy.Reject or UnknownPolicy.Add ? new UnknownFieldGuard(mapping.Unknown) : null;

    /// <inheritdoc />
    public bool Accept(string path, ReadOnlySpan<byte> value)
    {
        if (!IsActive || (IsAdding && !CanBeMapped(path))) return true;
        HasRefused = true;
        return false;
    }

    // A key that is empty has no path, so no column can ever take it.
    private bool CanBeMapped(string path)
    {
        if (_unmappable.Contains(path)) return false;
        if (MappingPath.TryParse(path, out _, out _)) return true;
        _unmappable.Add(path);
        return false;
    }
}
