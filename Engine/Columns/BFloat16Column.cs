using ClickSink.Engine.Columns.Parsing;

namespace ClickSink.Engine.Columns;

/// <summary>BFloat16: the upper half of a binary32, rounded to the nearest value, and to the even one of two that are as near.</summary>
internal sealed class BFloat16Column(string name, ColumnType type, BufferPool pool) : FixedColumn<ushort>(name, type, pool)
{
    private const int DroppedBits = 16;
    private const ushort One = 0x3F80;

    public override AppendOutcome AppendText(ReadOnlySpan<byte> text)
    {
        if (NumberText.TryParse(text, out NumberText number)) return AppendNumber(number);
        if (!FloatText.TryParseName(text, out double special)) return AppendOutcome.NotANumber;
        Append((ushort)(BitConverter.SingleToUInt32Bits((float)special) >> DroppedBits));
        return AppendOutcome.Accepted;
    }

    public override AppendOutcome AppendNumber(in NumberText number)
    {
        uint bits = BitConverter.SingleToUInt32Bits(FloatText.ReadSingle(number));
        bits += 0x7FFF + ((bits >> DroppedBits) & 1);
        ushort value = (ushort)(bits >> DroppedBits);
        if (!float.IsFinite(BitConverter.UInt32BitsToSingle((uint)value << DroppedBits))) return AppendOutcome.OutOfRange;
        Append(value);
        return AppendOutcome.Accepted;
    }

    public override AppendOutcome AppendBool(bool value)
    {
        Append(value ? One : (ushort)0);
        return AppendOutcome.Accepted;
    }
}
