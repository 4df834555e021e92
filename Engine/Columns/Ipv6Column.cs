using ClickSink.Engine.Columns.Parsing;

namespace ClickSink.Engine.Columns;

/// <summary>
/// IPv6: 16 bytes in the order in which they are written. An IPv4 address is taken as the IPv6 one that stands for it (::ffff:1.2.3.4).
/// </summary>
internal sealed class Ipv6Column(string name, ColumnType type, BufferPool pool) : FixedColumn<UInt128>(name, type, pool)
{
    public override AppendOutcome AppendText(ReadOnlySpan<byte> text)
    {
        if (!AddressText.TryParseV6(text, out UInt128 address)) return AppendOutcome.NotAnAddress;
        Append(System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(address));
        return AppendOutcome.Accepted;
    }

    public override AppendOutcome AppendNumber(in NumberText number) => AppendOutcome.NotAnAddress;

    public override AppendOutcome AppendBool(bool value) => AppendOutcome.NotAnAddress;
}
