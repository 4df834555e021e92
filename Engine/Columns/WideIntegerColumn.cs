using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ClickSink.Engine.Columns.Parsing;

namespace ClickSink.Engine.Columns;

/// <summary>Int128, Int256, UInt128 and UInt256: little endian, two's complement.</summary>
internal sealed class WideIntegerColumn<T>(string name, ColumnType type, BufferPool pool) : FixedColumn<T>(name, type, pool)
    where T : unmanaged
{
    private readonly bool _signed = type.Kind is TypeKind.Int128 or TypeKind.Int256;

    public override AppendOutcome AppendText(ReadOnlySpan<byte> text) =>
        NumberText.TryParse(text, out NumberText number) ? AppendNumber(number) : AppendOutcome.NotANumber;

    public override AppendOutcome AppendNumber(in NumberText number)
    {
        AppendOutcome outcome = WideInteger.Read(number, scale: 0, out WideInteger magnitude);
        if (outcome != AppendOutcome.Accepted) return outcome == AppendOutcome.TooPrecise ? AppendOutcome.NotAWholeNumber : outcome;

        int bits = Unsafe.SizeOf<T>() * 8 - (_signed ? 1 : 0);
        int length = magnitude.BitLength;
        bool isLowest = _signed && number.IsNegative && length == bits + 1 && magnitude.IsPowerOfTwo;
        if ((length > bits && !isLowest) || (!_signed && number.IsNegative && length > 0)) return AppendOutcome.OutOfRange;

        T value = default;
        magnitude.WriteLittleEndian(MemoryMarshal.AsBytes(new Span<T>(ref value)), number.IsNegative);
        Append(value);
        return AppendOutcome.Accepted;
    }

    public override AppendOutcome AppendBool(bool value) => AppendInteger(value ? 1 : 0);
}
