using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ClickSink.Engine.Columns.Parsing;

namespace ClickSink.Engine.Columns;

/// <summary>
/// Decimal(P, S): an integer that counts units of 10^-S, in 32, 64, 128 or 256 bits. Exact: a value with more decimal
/// places than S is refused unless they are zeros, one with more than P digits always.
/// </summary>
internal sealed class DecimalColumn<T> : FixedColumn<T> where T : unmanaged
{
    /// <summary>Up to this many digits 64 bits are enough, and 10^P with them.</summary>
    private const int MaxShortPrecision = 19;

    private readonly int _scale;
    private readonly ulong _shortLimit;
    private readonly WideInteger _limit;

    public DecimalColumn(string name, ColumnType type, BufferPool pool) : base(name, type, pool)
    {
        _scale = type.Scale;
        _limit = WideInteger.PowerOfTen(type.Precision);
        _shortLimit = type.Precision <= MaxShortPrecision ? PowersOfTen.Integers[type.Precision] : ulong.MaxValue;
    }

    public override AppendOutcome AppendText(ReadOnlySpan<byte> text) =>
        NumberText.TryParse(text, out NumberText number) ? AppendNumber(number) : AppendOutcome.NotANumber;

    public override AppendOutcome AppendNumber(in NumberText number)
    {
        AppendOutcome outcome = ScaledInteger.Read(number, _scale, out ulong magnitude);
        if (outcome == AppendOutcome.OutOfRange && Unsafe.SizeOf<T>() > sizeof(ulong)) return AppendWide(number);
        if (outcome != AppendOutcome.Accepted) return outcome;
        if (magnitude >= _shortLimit) return Unsafe.SizeOf<T>() > sizeof(ulong) ? AppendWide(number) : AppendOutcome.OutOfRange;

        Int128 value = number.IsNegative ? -(Int128)magnitude : magnitude;
        Append(Narrow(value));
        return AppendOutcome.Accepted;
    }

    public override AppendOutcome AppendBool(bool value) => AppendInteger(value ? 1 : 0);

    private static T Narrow(Int128 value)
    {
        if (Unsafe.SizeOf<T>() <= Unsafe.SizeOf<Int128>()) return Unsafe.As<Int128, T>(ref value);
        T wide = default;
        Span<byte> bytes = MemoryMarshal.AsBytes(new Span<T>(ref wide));
        bytes.Fill(Int128.IsNegative(value) ? (byte)0xFF : (byte)0);
        MemoryMarshal.Write(bytes, value);
        return wide;
    }

    private AppendOutcome AppendWide(in NumberText number)
    {
        AppendOutcome outcome = WideInteger.Read(number, _scale, out WideInteger magnitude);
        if (outcome != AppendOutcome.Accepted) return outcome;
        if (!magnitude.IsLessThan(_limit)) return AppendOutcome.OutOfRange;

        T value = default;
        magnitude.WriteLittleEndian(MemoryMarshal.AsBytes(new Span<T>(ref value)), number.IsNegative);
        Append(value);
        return AppendOutcome.Accepted;
    }
}
