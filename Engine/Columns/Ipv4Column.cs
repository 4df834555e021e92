using ClickSink.Engine.Columns.Parsing;

namespace ClickSink.Engine.Columns;

/// <summary>IPv4: 32 bits, sent as a number. A whole number is taken as such an address.</summary>
internal sealed class Ipv4Column(string name, ColumnType type, BufferPool pool) : FixedColumn<uint>(name, type, pool)
{
    public override AppendOutcome AppendText(ReadOnlySpan<byte> text)
    {
        if (AddressText.TryParseV4(text, out uint address))
        {
            Append(address);
            return AppendOutcome.Accepted;
        }

        return NumberText.TryParse(text, out NumberText number) ? AppendNumber(number) : AppendOutcome.NotAnAddress;
    }

    public override AppendOutcome AppendNumber(in NumberText number)
    {
        if (ScaledInteger.Read(number, scale: 0, out ulong value) != AppendOutcome.Accepted) return AppendOutcome.NotAnAddress;
        if (value > uint.MaxValue || (number.IsNegative && value > 0)) return AppendOutcome.NotAnAddress;
        Append((uint)value);
        return AppendOutcome.Accepted;
    }

    public override AppendOutcome AppendBool(bool value) => AppendOutcome.NotAnAddress;
}
