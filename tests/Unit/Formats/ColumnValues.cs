using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;
using ClickSink.Engine.Columns;
using ClickSink.Engine.Columns.Parsing;

namespace ClickSink.Tests.Unit.Formats;

/// <summary>Reads values back out of columns as text: raw integers for dates and times, scaled ones for decimals.</summary>
internal static class ColumnValues
{
    public static string? Read(Column column, int row) => column switch
    {
        NullableColumn nullable => nullable.Nulls[row] ? null : Read(nullable.Values, row),
        LowCardinalityColumn keys => keys.Type.IsNullable && keys.GetPosition(row) == 0 ? null : Read(keys.Keys, keys.GetPosition(row)),
        MapColumn map =>
            $"{{{string.Join(",", Rows(map.GetRange(row)).Select(at => $"{Read(map.Keys, at)}:{Read(map.Values, at) ?? "null"}"))}}}",
        ArrayColumn array => $"[{string.Join(",", Rows(array.GetRange(row)).Select(at => Read(array.Elements, at) ?? "null"))}]",
        TupleColumn tuple => $"({string.Join(",", tuple.Fields.Select(field => Read(field, row) ?? "null"))})",
        AlternativesColumn alternatives => alternatives.Find(row) is ({ } values, int at) ? $"{values.Type}:{Read(values, at)}" : null,
        JsonObjectColumn objects => Encoding.UTF8.GetString(objects.Texts[row]),
        FixedStringColumn bytes => Encoding.UTF8.GetString(bytes.GetBytes(row)),
        Ipv6Column addresses => new System.Net.IPAddress(addresses.GetBytes(row)).ToString(),
        Ipv4Column addresses => new System.Net.IPAddress(BinaryPrimitives.ReverseEndianness(addresses.Values[row])).ToString(),
        BFloat16Column values => Text(BitConverter.UInt32BitsToSingle((uint)values.Values[row] << 16)),
        StringColumn texts => Encoding.UTF8.GetString(texts[row]),
        UuidColumn uuids => ToUuid(uuids.Values[row]),
        FixedColumn<WideInteger> wide => ToWide(wide.Values[row], wide.Type.Kind == TypeKind.UInt256),
        FixedColumn<UInt128> values => Text(values.Values[row]),
        FixedColumn<Int128> values => Text(values.Values[row]),
        FixedColumn<sbyte> values => Text(values.Values[row]),
        FixedColumn<short> values => Text(values.Values[row]),
        FixedColumn<int> values => Text(values.Values[row]),
        FixedColumn<long> values => Text(values.Values[row]),
        FixedColumn<byte> values => Text(values.Values[row]),
        FixedColumn<ushort> values => Text(values.Values[row]),
        FixedColumn<uint> values => Text(values.Values[row]),
        FixedColumn<ulong> values => Text(values.Values[row]),
        FixedColumn<float> values => values.Values[row].ToString("R", CultureInfo.InvariantCulture),
        FixedColumn<double> values => values.Values[row].ToString("R", CultureInfo.InvariantCulture),
        _ => throw new ArgumentOutOfRangeException(nameof(column), column.Type.ToString(), "No reader for this type."),
    };

    private static string Text<T>(T value) where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);

    private static string ToUuid(UInt128 value) =>
        new Guid(((ulong)value).ToString("x16") + ((ulong)(value >> 64)).ToString("x16")).ToString();

    private static IEnumerable<int> Rows(Range range) => Enumerable.Range(range.Start.Value, range.End.Value - range.Start.Value);

    private static string ToWide(WideInteger value, bool isUnsigned)
    {
        byte[] bytes = new byte[WideInteger.Size];
        value.WriteLittleEndian(bytes, negate: false);
        return new BigInteger(bytes, isUnsigned).ToString(CultureInfo.InvariantCulture);
    }
}
