using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Numerics;
using System.Text;
using System.Text.Json.Nodes;
using ClickSink.Engine.Columns.Parsing;

namespace ClickSink.Engine.Columns;

/// <summary>
/// Values of columns as JSON, as ClickHouse prints them: for people who want to see a row before it is stored. Integers beyond 53 bits, decimals and the like are
/// text, since JSON's readers cut them. Cold.
/// </summary>
public static class ColumnJson
{
    private const long MaxExactInteger = 1L << 53;

    /// <summary>The value of a row; null for null.</summary>
    public static JsonNode? Read(Column column, int row) => column switch
    {
        NullableColumn nullable => nullable.Nulls[row] ? null : Read(nullable.Values, row),
        LowCardinalityColumn keys => keys.Type.IsNullable && keys.GetPosition(row) == 0 ? null : Read(keys.Keys, keys.GetPosition(row)),
        MapColumn map => new JsonArray([.. Rows(map.GetRange(row)).Select(at => new JsonArray(Read(map.Keys, at), Read(map.Values, at)))]),
        ArrayColumn array => new JsonArray([.. Rows(array.GetRange(row)).Select(at => Read(array.Elements, at))]),
        TupleColumn tuple => new JsonArray([.. tuple.Fields.Select(field => Read(field, row))]),
        AlternativesColumn alternatives => alternatives.Find(row) is ({ } values, int at) ? Read(values, at) : null,
        JsonObjectColumn objects => JsonNode.Parse(objects.Texts[row]),
        FixedStringColumn bytes => Encoding.UTF8.GetString(bytes.GetBytes(row)).TrimEnd('\0'),
        StringColumn texts => Encoding.UTF8.GetString(texts[row]),
        BoolColumn values => values.Values[row] != 0,
        Ipv4Column addresses => new IPAddress(BinaryPrimitives.ReverseEndianness(addresses.Values[row])).ToString(),
        Ipv6Column addresses => new IPAddress(addresses.GetBytes(row)).ToString(),
        UuidColumn uuids => ToUuid(uuids.Values[row]),
        DateColumn days => ToDate(days.Values[row]),
        Date32Column days => ToDate(days.Values[row]),
        DateTimeColumn seconds => ToTime(seconds.Values[row], 0),
        DateTime64Column ticks => ToTime(ticks.Values[row], ticks.Type.Precision),
        BFloat16Column values => Real(BitConverter.UInt32BitsToSingle((uint)values.Values[row] << 16)),
        FixedColumn<float> values => Real(values.Values[row]),
        FixedColumn<double> values => Real(values.Values[row]),
        FixedColumn<WideInteger> wide => Whole(column, ToWide(wide.Values[row], wide.Type.Kind is TypeKind.UInt256)),
        FixedColumn<UInt128> values => Whole(column, values.Values[row]),
        FixedColumn<Int128> values => Whole(column, (BigInteger)values.Values[row]),
        FixedColumn<sbyte> values => Whole(column, values.Values[row]),
        FixedColumn<short> values => Whole(column, values.Values[row]),
        FixedColumn<int> values => Whole(column, values.Values[row]),
        FixedColumn<long> values => Whole(column, values.Values[row]),
        FixedColumn<byte> values => Whole(column, values.Values[row]),
        FixedColumn<ushort> values => Whole(column, values.Values[row]),
        FixedColumn<uint> values => Whole(column, values.Values[row]),
        FixedColumn<ulong> values => Whole(column, values.Values[row]),
        _ => throw new ArgumentOutOfRangeException(nameof(column), column.Type.ToString(), "No value of this type can be shown."),
    };

    private static IEnumerable<int> Rows(Range range) => Enumerable.Range(range.Start.Value, range.End.Value - range.Start.Value);

    private static JsonNode Whole(Column column, BigInteger value) => column.Type.Kind switch
    {
        TypeKind.Decimal => ToDecimal(value, column.Type.Scale),
        TypeKind.Enum8 or TypeKind.Enum16 => column.Type.Names.FirstOrDefault(name => name.Number == value)?.Name ?? value.ToString(CultureInfo.InvariantCulture),
        _ when BigInteger.Abs(value) <= MaxExactInteger => (long)value,
        _ => value.ToString(CultureInfo.InvariantCulture),
    };

    private static JsonNode Real(double value) => double.IsFinite(value) ? value : value.ToString(CultureInfo.InvariantCulture);

    private static JsonNode Real(float value) => float.IsFinite(value) ? value : value.ToString(CultureInfo.InvariantCulture);

    private static string ToDecimal(BigInteger units, int scale)
    {
        var digits = BigInteger.Abs(units).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        return $"{(units.Sign < 0 ? "-" : "")}{digits[..^scale]}{(scale == 0 ? "" : ".")}{digits[^scale..]}";
    }

    private static string ToDate(int days) => DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    // In UTC whatever the column's zone is, and saying so: it is a point in time that is shown, not a clock.
    private static string ToTime(long ticks, int precision)
    {
        var perSecond = (long)PowersOfTen.Integers[precision];
        var (seconds, rest) = Math.DivRem(ticks, perSecond);
        if (rest < 0) (seconds, rest) = (seconds - 1, rest + perSecond);
        var fraction = precision == 0 ? "" : $".{rest.ToString(CultureInfo.InvariantCulture).PadLeft(precision, '0')}";
        return $"{DateTime.UnixEpoch.AddSeconds(seconds).ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture)}{fraction}Z";
    }

    private static string ToUuid(UInt128 value) => new Guid(((ulong)value).ToString("x16", CultureInfo.InvariantCulture) + ((ulong)(value >> 64)).ToString("x16", CultureInfo.InvariantCulture)).ToString();

    private static BigInteger ToWide(WideInteger value, bool isUnsigned)
    {
        var bytes = new byte[WideInteger.Size];
        value.WriteLittleEndian(bytes, negate: false);
        return new BigInteger(bytes, isUnsigned);
    }
}
