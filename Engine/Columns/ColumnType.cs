using System.Diagnostics.CodeAnalysis;

namespace ClickSink.Engine.Columns;

/// <summary>A ClickHouse type, parsed. Two types are equal if ClickHouse takes them for the same.</summary>
public sealed record ColumnType
{
    /// <summary>The family.</summary>
    public required TypeKind Kind { get; init; }

    /// <summary>Decimal digits in all for Decimal, of the second's fraction for DateTime64; else 0.</summary>
    public int Precision { get; init; }

    /// <summary>Decimal places of a Decimal; else 0.</summary>
    public int Scale { get; init; }

    /// <summary>The IANA time zone that DateTime and DateTime64 carry; null if none is given, which is read as UTC.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The type inside of Nullable and LowCardinality; else null.</summary>
    public ColumnType? Element { get; init; }

    /// <summary>Whether a row can be null.</summary>
    public bool IsNullable => Kind == TypeKind.Nullable || (Kind == TypeKind.LowCardinality && Element!.IsNullable);

    /// <summary>Reads a type as ClickHouse writes it, such as <c>LowCardinality(Nullable(String))</c>.</summary>
    /// <param name="text">The type's text.</param>
    /// <param name="type">The type.</param>
    /// <param name="error">What is wrong with the text, as a sentence about the type.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out ColumnType? type, [NotNullWhen(false)] out string? error) =>
        ColumnTypeBinder.TryBind(text, out type, out error);

    /// <summary>The type as ClickHouse itself writes it.</summary>
    public override string ToString() => Kind switch
    {
        TypeKind.Uuid => "UUID",
        TypeKind.Decimal => $"Decimal({Precision}, {Scale})",
        TypeKind.DateTime => TimeZone is null ? "DateTime" : $"DateTime('{TimeZone}')",
        TypeKind.DateTime64 => TimeZone is null ? $"DateTime64({Precision})" : $"DateTime64({Precision}, '{TimeZone}')",
        TypeKind.Nullable or TypeKind.LowCardinality => $"{Kind}({Element})",
        _ => Kind.ToString(),
    };
}
