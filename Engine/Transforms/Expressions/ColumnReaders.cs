using System.Numerics;
using ClickSink.Engine.Columns;
using ClickSink.Engine.Columns.Parsing;
using ClickSink.Engine.Transforms.Expressions.Nodes;
using ClickSink.Engine.Transforms.Expressions.Syntax;

namespace ClickSink.Engine.Transforms.Expressions;

/// <summary>How expressions read columns: which ClickHouse type is which type of CEL. docs/transforms.md has the same table.</summary>
internal static class ColumnReaders
{
    private const int DecimalDigits = 28;

    /// <summary>Makes the node that reads a column; null if expressions cannot read its type.</summary>
    public static Node? Create(SyntaxNode syntax, int column, ColumnType type) => type.Kind switch
    {
        TypeKind.Nullable => Create(syntax, column, type.Element!, isNullable: true),
        TypeKind.Array or TypeKind.Map => Elements.CreateColumn(syntax, column, type),
        TypeKind.LowCardinality when (type.Element!.Element ?? type.Element).Kind is TypeKind.String => new LowCardinalityNode(syntax, column, type.IsNullable),
        _ => Create(syntax, column, type, isNullable: false),
    };

    private static Node? Create(SyntaxNode syntax, int column, ColumnType type, bool isNullable)
    {
        return type.Kind switch
        {
            TypeKind.Bool => Node<FixedColumn<byte>, bool>(ExprType.Bool, (_, c, row) => c.Values[row] != 0),
            TypeKind.Int8 => Integer<sbyte, long>(ExprType.Int),
            TypeKind.Int16 => Integer<short, long>(ExprType.Int),
            TypeKind.Int32 => Integer<int, long>(ExprType.Int),
            TypeKind.Int64 => Node<FixedColumn<long>, long>(ExprType.Int, (_, c, row) => c.Values[row]),
            TypeKind.UInt8 => Integer<byte, ulong>(ExprType.UInt),
            TypeKind.UInt16 => Integer<ushort, ulong>(ExprType.UInt),
            TypeKind.UInt32 => Integer<uint, ulong>(ExprType.UInt),
            TypeKind.UInt64 => Node<FixedColumn<ulong>, ulong>(ExprType.UInt, (_, c, row) => c.Values[row]),
            TypeKind.Float32 => Node<FixedColumn<float>, double>(ExprType.Double, (_, c, row) => c.Values[row]),
            TypeKind.Float64 => Node<FixedColumn<double>, double>(ExprType.Double, (_, c, row) => c.Values[row]),
            TypeKind.String => Node<StringColumn, ReadOnlyMemory<byte>>(ExprType.String, (_, c, row) => c.GetMemory(row)),
            TypeKind.Uuid => Node<FixedColumn<UInt128>, ReadOnlyMemory<byte>>(ExprType.String, (scope, c, row) => WriteUuid(scope, c.Values[row])),
            TypeKind.Date => Node<FixedColumn<ushort>, Instant>(ExprType.Timestamp, (_, c, row) => Instant.FromSeconds((long)c.Values[row] * CivilTime.SecondsPerDay)),
            TypeKind.Date32 => Node<FixedColumn<int>, Instant>(ExprType.Timestamp, (_, c, row) => Instant.FromSeconds((long)c.Values[row] * CivilTime.SecondsPerDay)),
            TypeKind.Enum8 => Enum<sbyte>(),
            TypeKind.Enum16 => Enum<short>(),
            TypeKind.DateTime => Node<FixedColumn<uint>, Instant>(ExprType.Timestamp, (_, c, row) => Instant.FromSeconds(c.Values[row])),
            TypeKind.DateTime64 => DateTime64(),
            TypeKind.Decimal when type.Precision <= DecimalDigits => Decimal(),
            _ => null,
        };

        Node Node<TColumn, T>(ExprType result, ColumnRead<TColumn, T> read) where TColumn : Column => isNullable
            ? new NullableColumnNode<TColumn, T>(result, syntax, column, read)
            : new ColumnNode<TColumn, T>(result, syntax, column, read);

        Node Integer<TStored, T>(ExprType result)
            where TStored : unmanaged, IBinaryInteger<TStored>
            where T : unmanaged, IBinaryInteger<T> => Node<FixedColumn<TStored>, T>(result, (_, c, row) => T.CreateTruncating(c.Values[row]));

        Node Enum<TStored>() where TStored : unmanaged, IBinaryInteger<TStored>
        {
            var names = type.Names.ToDictionary(name => name.Number, name => (ReadOnlyMemory<byte>)System.Text.Encoding.UTF8.GetBytes(name.Name));
            return Node<FixedColumn<TStored>, ReadOnlyMemory<byte>>(ExprType.String, (_, c, row) => names[short.CreateTruncating(c.Values[row])]);
        }

        Node DateTime64()
        {
            var nanoseconds = (long)PowersOfTen.Integers[9 - type.Precision];
            return Node<FixedColumn<long>, Instant>(ExprType.Timestamp, (_, c, row) => new Instant((Int128)c.Values[row] * nanoseconds));
        }

        Node Decimal()
        {
            var scale = (byte)type.Scale;
            return type.Precision switch
            {
                <= 9 => Node<FixedColumn<int>, decimal>(ExprType.Decimal, (_, c, row) => ToDecimal(c.Values[row], scale)),
                <= 18 => Node<FixedColumn<long>, decimal>(ExprType.Decimal, (_, c, row) => ToDecimal(c.Values[row], scale)),
                _ => Node<FixedColumn<Int128>, decimal>(ExprType.Decimal, (_, c, row) => ToDecimal(c.Values[row], scale)),
            };
        }
    }

    private static decimal ToDecimal(Int128 units, byte scale)
    {
        var magnitude = (UInt128)Int128.Abs(units);
        return new decimal((int)(uint)magnitude, (int)(uint)(magnitude >> 32), (int)(uint)(magnitude >> 64), Int128.IsNegative(units), scale);
    }

    // ClickHouse sends the first half first, so it is the lower one of the UInt128.
    private static ReadOnlyMemory<byte> WriteUuid(RowScope scope, UInt128 value)
    {
        const int TextBytes = 36;
        var text = scope.Take(TextBytes);
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes, (ulong)value);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], (ulong)(value >> 64));
        new Guid(bytes, bigEndian: true).TryFormat(text.Span, out _);
        return text;
    }
}
