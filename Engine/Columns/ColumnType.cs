using System.Diagnostics.CodeAnalysis;

namespace ClickSink.Engine.Columns;

/// <summary>A ClickHouse type, parsed. Two types are equal if ClickHouse writes them in the same way.</summary>
public sealed class ColumnType : IEquatable<ColumnType>
{
    private string? _text;

    /// <summary>The family.</summary>
    public required TypeKind Kind { get; init; }

    /// <summary>
    /// The name under which ClickHouse knows a type that is made of others, such as <c>Point</c> or <c>SimpleAggregateFunction(sum,
    /// UInt64)</c>; else null.
    /// </summary>
    public string? Alias { get; init; }

    /// <summary>Decimal digits in all for Decimal, of the second's fraction for DateTime64 and Time64; else 0.</summary>
    public int Precision { get; init; }

    /// <summary>Decimal places of a Decimal; else 0.</summary>
    public int Scale { get; init; }

    /// <summary>Bytes of a FixedString; else 0.</summary>
    public int Length { get; init; }

    /// <summary>The IANA time zone that DateTime and DateTime64 carry; null if none is given, which is read as UTC.</summary>
    public string? TimeZone { get; init; }

    /// <summary>What stands between the parentheses of JSON or Dynamic, as written; null if nothing.</summary>
    public string? Parameters { get; init; }

    /// <summary>The names of an Enum, by their numbers; else empty.</summary>
    public IReadOnlyList<EnumValue> Names { get; init; } = [];

    /// <summary>
    /// The types inside: of Nullable, LowCardinality and Array one, of Map key and value, of Tuple and Nested the fields, of Variant the
    /// alternatives in the order in which they were written; else empty.
    /// </summary>
    public IReadOnlyList<TypeElement> Elements { get; init; } = [];

    /// <summary>The type inside of Nullable, LowCardinality and Array; else null.</summary>
    public ColumnType? Element => Kind is TypeKind.Nullable or TypeKind.LowCardinality or TypeKind.Array ? Elements[0].Type : null;

    /// <summary>Whether the value can be null.</summary>
    public bool IsNullable =>
        Kind is TypeKind.Nullable or TypeKind.Variant or TypeKind.Dynamic || (Kind == TypeKind.LowCardinality && Element!.IsNullable);

    /// <summary>Whether a value is made of other values.</summary>
    public bool IsComposite => Kind is TypeKind.Array or TypeKind.Tuple or TypeKind.Nested or TypeKind.Map;

    /// <summary>Reads a type as ClickHouse writes it, such as <c>LowCardinality(Nullable(String))</c>.</summary>
    /// <param name="text">The type's text.</param>
    /// <param name="type">The type.</param>
    /// <param name="error">What is wrong with the text, as a sentence about the type.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out ColumnType? type, [NotNullWhen(false)] out string? error) =>
        ColumnTypeBinder.TryBind(text, out type, out error);

    /// <summary>The type as ClickHouse itself writes it.</summary>
    public override string ToString() => _text ??= Alias ?? Write();

    /// <inheritdoc />
    public bool Equals(ColumnType? other) => other is not null && (ReferenceEquals(this, other) || ToString() == other.ToString());

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as ColumnType);

    /// <inheritdoc />
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <summary>Whether ClickHouse writes both in the same way.</summary>
    public static bool operator ==(ColumnType? left, ColumnType? right) => left?.Equals(right) ?? right is null;

    /// <summary>Whether ClickHouse writes them differently.</summary>
    public static bool operator !=(ColumnType? left, ColumnType? right) => !(left == right);

    /// <summary>Whether the condition holds for this type or one inside of it.</summary>
    internal bool Any(Func<ColumnType, bool> condition) => condition(this) || Elements.Any(element => element.Type.Any(condition));

    private string Write() => Kind switch
    {
        TypeKind.Uuid => "UUID",
        TypeKind.Ipv4 => "IPv4",
        TypeKind.Ipv6 => "IPv6",
        TypeKind.Decimal => $"Decimal({Precision}, {Scale})",
        TypeKind.FixedString => $"FixedString({Length})",
        TypeKind.DateTime => TimeZone is null ? "DateTime" : $"DateTime({TypeSyntax.Quote(TimeZone)})",
        TypeKind.DateTime64 => TimeZone is null ? $"DateTime64({Precision})" : $"DateTime64({Precision}, {TypeSyntax.Quote(TimeZone)})",
        TypeKind.Time64 => $"Time64({Precision})",
        TypeKind.Enum8 or TypeKind.Enum16 => $"{Kind}({string.Join(", ", Names)})",
        TypeKind.Json => Parameters is null ? "JSON" : $"JSON({Parameters})",
        TypeKind.Dynamic when Parameters is not null => $"Dynamic({Parameters})",
        // ClickHouse numbers the alternatives of a Variant by their names, in this order.
        TypeKind.Variant => $"Variant({string.Join(", ", Elements.Select(element => element.ToString()).Order(StringComparer.Ordinal))})",
        _ => Elements.Count == 0 ? Kind.ToString() : $"{Kind}({string.Join(", ", Elements)})",
    };
}
