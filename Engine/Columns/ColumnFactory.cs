using ClickSink.Engine.Columns.Parsing;

namespace ClickSink.Engine.Columns;

/// <summary>The one place that knows which class builds which type.</summary>
internal static class ColumnFactory
{
    private const int MaxDecimal32 = 9;
    private const int MaxDecimal64 = 18;
    private const int MaxDecimal128 = 38;

    /// <summary>Makes an empty column.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">Its type.</param>
    /// <param name="pool">Where its memory comes from.</param>
    /// <param name="options">How it, and all that is inside of it, reads timestamps.</param>
    public static Column Create(string name, ColumnType type, BufferPool pool, TimestampOptions options = default) => type.Kind switch
    {
        TypeKind.String => new StringColumn(name, type, pool),
        TypeKind.FixedString => new FixedStringColumn(name, type, pool),
        TypeKind.Int8 => new IntegerColumn<sbyte>(name, type, pool),
        TypeKind.Int16 => new IntegerColumn<short>(name, type, pool),
        TypeKind.Int32 => new IntegerColumn<int>(name, type, pool),
        TypeKind.Int64 => new IntegerColumn<long>(name, type, pool),
        TypeKind.Int128 => new WideIntegerColumn<Int128>(name, type, pool),
        TypeKind.Int256 => new WideIntegerColumn<WideInteger>(name, type, pool),
        TypeKind.UInt8 => new IntegerColumn<byte>(name, type, pool),
        TypeKind.UInt16 => new IntegerColumn<ushort>(name, type, pool),
        TypeKind.UInt32 => new IntegerColumn<uint>(name, type, pool),
        TypeKind.UInt64 => new IntegerColumn<ulong>(name, type, pool),
        TypeKind.UInt128 => new WideIntegerColumn<UInt128>(name, type, pool),
        TypeKind.UInt256 => new WideIntegerColumn<WideInteger>(name, type, pool),
        TypeKind.Float32 => new Float32Column(name, type, pool),
        TypeKind.Float64 => new Float64Column(name, type, pool),
        TypeKind.BFloat16 => new BFloat16Column(name, type, pool),
        TypeKind.Decimal => CreateDecimal(name, type, pool),
        TypeKind.Bool => new BoolColumn(name, type, pool),
        TypeKind.Date => new DateColumn(name, type, pool, options),
        TypeKind.Date32 => new Date32Column(name, type, pool, options),
        TypeKind.DateTime => new DateTimeColumn(name, type, pool, options),
        TypeKind.DateTime64 => new DateTime64Column(name, type, pool, options),
        TypeKind.Time => new TimeColumn<int>(name, type, pool),
        TypeKind.Time64 => new TimeColumn<long>(name, type, pool),
        TypeKind.Uuid => new UuidColumn(name, type, pool),
        TypeKind.Ipv4 => new Ipv4Column(name, type, pool),
        TypeKind.Ipv6 => new Ipv6Column(name, type, pool),
        TypeKind.Enum8 => new EnumColumn<sbyte>(name, type, pool),
        TypeKind.Enum16 => new EnumColumn<short>(name, type, pool),
        TypeKind.Nullable => new NullableColumn(type, Create(name, type.Element!, pool, options), pool),
        TypeKind.LowCardinality => CreateLowCardinality(name, type, pool, options),
        TypeKind.Array => new ArrayColumn(name, type, Create(name, type.Element!, pool, options), pool),
        TypeKind.Tuple => CreateTuple(name, type, pool, options),
        TypeKind.Nested => new NestedColumn(name, type, CreateTuple(name, type, pool, options), pool),
        TypeKind.Map => new MapColumn(name, type, CreateTuple(name, type, pool, options), pool),
        TypeKind.Json => new JsonObjectColumn(name, type, pool),
        TypeKind.Variant => new VariantColumn(name, type, pool, alternative => Create(name, alternative, pool, options)),
        TypeKind.Dynamic => new DynamicColumn(name, type, pool, alternative => Create(name, alternative, pool)),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type.ToString(), "No column class builds this type."),
    };

    private static TupleColumn CreateTuple(string name, ColumnType type, BufferPool pool, TimestampOptions options) =>
        new(name, type, [.. type.Elements.Select(element => Create(name, element.Type, pool, options))]);

    private static LowCardinalityColumn CreateLowCardinality(string name, ColumnType type, BufferPool pool, TimestampOptions options)
    {
        ColumnType element = type.Element!;
        return new LowCardinalityColumn(name, type,
            Create(name, element.Kind == TypeKind.Nullable ? element.Element! : element, pool, options), pool);
    }

    private static Column CreateDecimal(string name, ColumnType type, BufferPool pool) => type.Precision switch
    {
        <= MaxDecimal32 => new DecimalColumn<int>(name, type, pool),
        <= MaxDecimal64 => new DecimalColumn<long>(name, type, pool),
        <= MaxDecimal128 => new DecimalColumn<Int128>(name, type, pool),
        _ => new DecimalColumn<WideInteger>(name, type, pool),
    };
}
