using System.Text.Json.Serialization;
using Orleans.Standin.Serialization;

namespace Orleans.Runtime;

/// <summary>A grain's identity: its type and its key. Printed and parsed as <c>type/key</c>.</summary>
[JsonConverter(typeof(GrainIdConverter))]
public readonly struct GrainId : IEquatable<GrainId>, IComparable<GrainId>
{
    /// <summary>Makes an identity.</summary>
    /// <param name="type">The grain type.</param>
    /// <param name="key">The key.</param>
    public GrainId(GrainType type, IdSpan key) => (Type, Key) = (type, key);

    /// <summary>The grain type.</summary>
    public GrainType Type { get; }

    /// <summary>The key.</summary>
    public IdSpan Key { get; }

    /// <summary>Whether this identifies no grain.</summary>
    public bool IsDefault => Type.IsDefault && Key.IsDefault;

    /// <summary>Makes an identity.</summary>
    /// <param name="type">The grain type.</param>
    /// <param name="key">The key.</param>
    public static GrainId Create(string type, string key) => Create(GrainType.Create(type), key);

    /// <summary>Makes an identity.</summary>
    /// <param name="type">The grain type.</param>
    /// <param name="key">The key: not blank.</param>
    public static GrainId Create(GrainType type, string key)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        return new GrainId(type, IdSpan.Create(key));
    }

    /// <summary>Makes an identity.</summary>
    /// <param name="type">The grain type.</param>
    /// <param name="key">The key.</param>
    public static GrainId Create(GrainType type, IdSpan key) => new(type, key);

    /// <summary>Reads <c>type/key</c>.</summary>
    /// <param name="value">The text.</param>
    /// <exception cref="ArgumentException">There is no slash in it.</exception>
    public static GrainId Parse(string value) => TryParse(value, out var result)
        ? result
        : throw new ArgumentException($"\"{value}\" is not a grain id: a type, a slash and a key are expected.");

    /// <summary>Reads <c>type/key</c> if the text is one.</summary>
    /// <param name="value">The text.</param>
    /// <param name="result">The identity.</param>
    public static bool TryParse(string? value, out GrainId result)
    {
        var slash = value?.IndexOf('/') ?? -1;
        result = slash < 0 ? default : new GrainId(GrainType.Create(value![..slash]), IdSpan.Create(value[(slash + 1)..]));
        return slash >= 0;
    }

    /// <summary>A hash that is the same in every process of a cluster.</summary>
    public uint GetUniformHashCode() => unchecked(Type.GetUniformHashCode() * 31 + Key.GetUniformHashCode());

    /// <inheritdoc/>
    public bool Equals(GrainId other) => Key.Equals(other.Key) && Type.Equals(other.Type);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is GrainId id && Equals(id);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Type, Key);

    /// <inheritdoc/>
    public int CompareTo(GrainId other)
    {
        var byType = Type.CompareTo(other.Type);
        return byType != 0 ? byType : Key.CompareTo(other.Key);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Type}/{Key}";

    /// <summary>Whether both are the same grain.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(GrainId left, GrainId right) => left.Equals(right);

    /// <summary>Whether they are different grains.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(GrainId left, GrainId right) => !left.Equals(right);
}
