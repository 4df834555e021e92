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
        LowCardinalityColumn texts => texts.Type.IsNullable && texts.GetPosition(row) == 0 ? null : Encoding.UTF8.GetString(texts[row]),
        StringColumn texts => Encoding.UTF8.GetString(texts[row]),
        UuidColumn uuids => ToUuid(uuids.Values[row]),
        FixedColumn<WideInteger> wide => ToWide(wide.Values[row]),
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

    private static string ToUuid(UInt128 value) => new Guid(((ulong)value).ToString("x16") + ((ulong)(value >> 64)).ToString("x16")).ToString();

    private static string ToWide(WideInteger value)
    {
        byte[] bytes = new byte[WideInteger.Size];
        value.WriteLittleEndian(bytes, negate: false);
        return new BigInteger(bytes).ToString(CultureInfo.InvariantCulture);
    }
}
