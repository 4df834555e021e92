using ClickSink.Engine.Columns.Parsing;

namespace ClickSink.Engine.Columns;

/// <summary>The one place that knows which class builds which type.</summary>
internal static class ColumnFactory
{
    private const int MaxDecimal32 = 9;
    private const int MaxDecimal64 = 18;
    private const int MaxDecimal128 = 38;

    public static Column Create(string name, ColumnType type, BufferPool pool) => type.Kind switch
    {
        TypeKind.String => new StringColumn(name, type, pool),
        TypeKind.Int8 => new IntegerColumn<sbyte>(name, type, pool),
        TypeKind.Int16 => new IntegerColumn<short>(name, type, pool),
        TypeKind.Int32 => new IntegerColumn<int>(name, type, pool),
        TypeKind.Int64 => new IntegerColumn<long>(name, type, pool),
        TypeKind.UInt8 => new IntegerColumn<byte>(name, type, pool),
        TypeKind.UInt16 => new IntegerColumn<ushort>(name, type, pool),
        TypeKind.UInt32 => new IntegerColumn<uint>(name, type, pool),
        TypeKind.UInt64 => new IntegerColumn<ulong>(name, type, pool),
        TypeKind.Float32 => new Float32Column(name, type, pool),
        TypeKind.Float64 => new Float64Column(name, type, pool),
        TypeKind.Bool => new BoolColumn(name, type, pool),
        TypeKind.Date => new DateColumn(name, type, pool),
        TypeKind.DateTime => new DateTimeColumn(name, type, pool),
        TypeKind.DateTime64 => new DateTime64Column(name, type, pool),
        TypeKind.Uuid => new UuidColumn(name, type, pool),
        TypeKind.Decimal => CreateDecimal(name, type, pool),
        TypeKind.Nullable => new NullableColumn(type, Create(name, type.Element!, pool), pool),
        TypeKind.LowCardinality => new LowCardinalityColumn(name, type, pool),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type.ToString(), "No column class builds this type."),
    };

    private static Column CreateDecimal(string name, ColumnType type, BufferPool pool) => type.Precision switch
    {
        <= MaxDecimal32 => new DecimalColumn<int>(name, type, pool),
        <= MaxDecimal64 => new DecimalColumn<long>(name, type, pool),
        <= MaxDecimal128 => new DecimalColumn<Int128>(name, type, pool),
        _ => new DecimalColumn<WideInteger>(name, type, pool),
    };
}
