using Orleans.Standin;

namespace Orleans.Runtime;

/// <summary>A key or a type name as a grain's identity holds it.</summary>
public readonly struct IdSpan : IEquatable<IdSpan>, IComparable<IdSpan>
{
    private readonly string? _text;

    private IdSpan(string text) => _text = text;

    /// <summary>Whether this is no identity at all.</summary>
    public bool IsDefault => string.IsNullOrEmpty(_text);

    /// <summary>Makes an identity from text.</summary>
    /// <param name="id">Any text.</param>
    public static IdSpan Create(string id) => new(id);

    /// <summary>A hash that is the same in every process of a cluster.</summary>
    public uint GetUniformHashCode() => StableHash.OfText(_text ?? "");

    /// <inheritdoc/>
    public bool Equals(IdSpan obj) => string.Equals(_text ?? "", obj._text ?? "", StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is IdSpan other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => (int)GetUniformHashCode();

    /// <inheritdoc/>
    public int CompareTo(IdSpan other) => string.CompareOrdinal(_text, other._text);

    /// <inheritdoc/>
    public override string ToString() => _text ?? "";

    /// <summary>Whether both are the same.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(IdSpan left, IdSpan right) => left.Equals(right);

    /// <summary>Whether they differ.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(IdSpan left, IdSpan right) => !left.Equals(right);
}
