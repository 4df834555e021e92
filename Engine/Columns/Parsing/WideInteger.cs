using System.Buffers.Binary;
using System.Numerics;

namespace ClickSink.Engine.Columns.Parsing;

/// <summary>An unsigned integer of 256 bits, with just what exact decimals need: decimal digits in, little-endian bytes out.</summary>
internal struct WideInteger : IEquatable<WideInteger>
{
    /// <summary>Bytes of the whole value.</summary>
    public const int Size = 32;

    /// <summary>10^77 still fits; a number with more digits cannot.</summary>
    private const int MaxDigits = 78;

    private ulong _0;
    private ulong _1;
    private ulong _2;
    private ulong _3;

    /// <summary>The lowest 64 bits.</summary>
    public readonly ulong Low => _0;

    public readonly bool FitsUInt64 => (_1 | _2 | _3) == 0;

    /// <summary>Bits that the value takes; 0 for zero.</summary>
    public readonly int BitLength =>
        _3 != 0 ? 256 - BitOperations.LeadingZeroCount(_3)
        : _2 != 0 ? 192 - BitOperations.LeadingZeroCount(_2)
        : _1 != 0 ? 128 - BitOperations.LeadingZeroCount(_1)
        : 64 - BitOperations.LeadingZeroCount(_0);

    /// <summary>Whether just one bit is set.</summary>
    public readonly bool IsPowerOfTwo =>
        BitOperations.PopCount(_0) + BitOperations.PopCount(_1) + BitOperations.PopCount(_2) + BitOperations.PopCount(_3) == 1;

    /// <summary>10 to the power of <paramref name="exponent"/>, at most 77.</summary>
    public static WideInteger PowerOfTen(int exponent)
    {
        WideInteger value = default;
        value._0 = 1;
        value.TryScale(exponent);
        return value;
    }

    /// <summary>Reads number x 10^scale without its sign, whatever the count of its digits.</summary>
    public static AppendOutcome Read(in NumberText number, int scale, out WideInteger value)
    {
        value = default;
        ReadOnlySpan<byte> text = number.Text;
        int end = text.IndexOfAny((byte)'e', (byte)'E');
        if (end < 0) end = text.Length;

        // The exponent of the last digit as written. Digits dropped behind the 19th were counted into Exponent.
        int shift = scale + number.Exponent - DroppedDigits(text[..end]);
        while (end > 0 && text[end - 1] is (byte)'0' or (byte)'.')
        {
            if (text[end - 1] == '0') shift++;
            end--;
        }

        int count = 0;
        foreach (byte b in text[..end])
        {
            uint digit = (uint)b - '0';
            if (digit > 9 || (digit == 0 && count == 0)) continue;
            if (++count > MaxDigits) return shift < 0 ? AppendOutcome.TooPrecise : AppendOutcome.OutOfRange;
            if (!value.TryMultiplyAdd(10, digit)) return AppendOutcome.OutOfRange;
        }

        if (count == 0) return AppendOutcome.Accepted;
        if (shift < 0) return AppendOutcome.TooPrecise;
        return value.TryScale(shift) ? AppendOutcome.Accepted : AppendOutcome.OutOfRange;
    }

    public readonly bool IsLessThan(in WideInteger other)
    {
        if (_3 != other._3) return _3 < other._3;
        if (_2 != other._2) return _2 < other._2;
        if (_1 != other._1) return _1 < other._1;
        return _0 < other._0;
    }

    /// <summary>Writes the lowest bytes of the value, negated in two's complement if asked.</summary>
    public readonly void WriteLittleEndian(Span<byte> destination, bool negate)
    {
        Span<byte> bytes = stackalloc byte[Size];
        ulong carry = negate ? 1UL : 0;
        WriteLimb(bytes, 0, _0, negate, ref carry);
        WriteLimb(bytes, 8, _1, negate, ref carry);
        WriteLimb(bytes, 16, _2, negate, ref carry);
        WriteLimb(bytes, 24, _3, negate, ref carry);
        bytes[..destination.Length].CopyTo(destination);
    }

    public readonly bool Equals(WideInteger other) => _0 == other._0 && _1 == other._1 && _2 == other._2 && _3 == other._3;

    public override readonly bool Equals(object? obj) => obj is WideInteger other && Equals(other);

    public override readonly int GetHashCode() => HashCode.Combine(_0, _1, _2, _3);

    private static int DroppedDigits(ReadOnlySpan<byte> mantissa)
    {
        int significant = 0;
        foreach (byte b in mantissa)
        {
            uint digit = (uint)b - '0';
            if (digit <= 9 && (digit != 0 || significant > 0)) significant++;
        }

        return Math.Max(0, significant - 19);
    }

    private static void WriteLimb(Span<byte> bytes, int at, ulong limb, bool negate, ref ulong carry)
    {
        if (negate)
        {
            limb = ~limb + carry;
            carry = carry == 1 && limb == 0 ? 1UL : 0;
        }

        BinaryPrimitives.WriteUInt64LittleEndian(bytes[at..], limb);
    }

    private bool TryScale(int exponent)
    {
        while (exponent > 0)
        {
            int step = Math.Min(exponent, PowersOfTen.MaxInteger);
            if (!TryMultiplyAdd(PowersOfTen.Integers[step], 0)) return false;
            exponent -= step;
        }

        return true;
    }

    private bool TryMultiplyAdd(ulong factor, ulong addend)
    {
        ulong carry = addend;
        _0 = Limb(_0, factor, ref carry);
        _1 = Limb(_1, factor, ref carry);
        _2 = Limb(_2, factor, ref carry);
        _3 = Limb(_3, factor, ref carry);
        return carry == 0;
    }

    private static ulong Limb(ulong limb, ulong factor, ref ulong carry)
    {
        ulong high = Math.BigMul(limb, factor, out ulong low);
        ulong sum = low + carry;
        carry = high + (sum < low ? 1UL : 0);
        return sum;
    }
}
