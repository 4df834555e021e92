namespace ClickSink.Engine.Columns;

/// <summary>The kind of JSON value that a type is at home with.</summary>
internal enum TypeFamily
{
    Text,
    Number,
    Bool,
    Object,
    Array,
}

/// <summary>Sorts types by the JSON values that they are at home with.</summary>
internal static class TypeFamilies
{
    private const int First = 0;
    private const int Decimals = 1;
    private const int Floats = 2;
    private const int Texts = 3;

    public static TypeFamily Of(ColumnType type) => type.Kind switch
    {
        TypeKind.LowCardinality => Of(type.Element!),
        TypeKind.Bool => TypeFamily.Bool,
        TypeKind.Json or TypeKind.Map => TypeFamily.Object,
        TypeKind.Tuple => type.Elements[0].Name is null ? TypeFamily.Array : TypeFamily.Object,
        TypeKind.Array or TypeKind.Nested => TypeFamily.Array,
        TypeKind.Decimal or TypeKind.Float32 or TypeKind.Float64 or TypeKind.BFloat16 => TypeFamily.Number,
        >= TypeKind.Int8 and <= TypeKind.UInt64 => TypeFamily.Number,
        >= TypeKind.Int128 and <= TypeKind.UInt256 => TypeFamily.Number,
        _ => TypeFamily.Text,
    };

    /// <summary>Which of several that could take a value is asked first.</summary>
    public static int Rank(ColumnType type) => type.Kind switch
    {
        TypeKind.LowCardinality => Rank(type.Element!),
        TypeKind.Decimal => Decimals,
        TypeKind.Float32 or TypeKind.Float64 or TypeKind.BFloat16 => Floats,
        TypeKind.String or TypeKind.FixedString => Texts,
        _ => First,
    };
}
