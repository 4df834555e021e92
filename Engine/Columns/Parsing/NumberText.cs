using System.Buffers.Text;
using System.Runtime.CompilerServices;

namespace ClickSink.Engine.Columns.Parsing;

/// <summary>
/// A decimal number as it was written, taken apart while its grammar was checked, so that no column reads the digits a
/// second time. Its value is <see cref="Digits"/> x 10^<see cref="Exponent"/>, exactly, unless <see cref="IsCut"/>.
/// </summary>
public readonly ref struct NumberText
{
    /// <summary>Bytes that a 64-bit integer takes as text at most.</summary>
    public const int MaxIntegerBytes = 20;

    /// <summary>Digits that always fit into 64 bits.</summary>
    private const int MaxDigits = 19;

    /// <summary>Far outside of every type, and far from overflow when a count of digits is added.</summary>
    private const int ExponentCeiling = 100_000_000;

    private NumberText(ReadOnlySpan<byte> text, ulong digits, int exponent, bool isNegative, bool isCut)
    {
        Text = text;
        Digits = digits;
        Exponent = exponent;
        IsNegative = isNegative;
        IsCut = isCut;
    }

    /// <summary>The number as written.</summary>
    public ReadOnlySpan<byte> Text { get; }

    /// <summary>The significant digits; the first 19 of them if there are more.</summary>
    public ulong Digits { get; }

    /// <summary>The power of ten that <see cref="Digits"/> stands for.</summary>
    public int Exponent { get; }

    /// <summary>Whether a minus stands before it; true for -0 too.</summary>
    public bool IsNegative { get; }

    /// <summary>Whether digits other than zero did not fit into <see cref="Digits"/>: the exact value is then in <see cref="Text"/> only.</summary>
    public bool IsCut { get; }

    /// <summary>Reads a text that is a number as a whole: JSON's grammar, and besides it a leading plus and leading zeros.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out NumberText number)
    {
        int start = 0;
        if (text.Length > 1 && text[0] == '+' && text[1] != '-') start = 1;
        return Scan(text, start, lenient: true, out number) == text.Length;
    }

    /// <summary>A whole number as text.</summary>
    /// <param name="value">The number.</param>
    /// <param name="scratch">At least <see cref="MaxIntegerBytes"/>, which the result points into.</param>
    public static NumberText FromInteger(long value, Span<byte> scratch)
    {
        Utf8Formatter.TryFormat(value, scratch, out int written);
        ulong magnitude = value < 0 ? 0 - (ulong)value : (ulong)value;
        return new NumberText(scratch[..written], magnitude, 0, value < 0, false);
    }

    /// <summary>Reads the JSON number that begins at <paramref name="start"/>.</summary>
    /// <returns>The position behind it, or -1 if none begins there.</returns>
    internal static int Scan(ReadOnlySpan<byte> json, int start, out NumberText number) => Scan(json, start, lenient: false, out number);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Scan(ReadOnlySpan<byte> json, int start, bool lenient, out NumberText number)
    {
        number = default;
        int at = start;
        bool negative = (uint)at < (uint)json.Length && json[at] == '-';
        if (negative) at++;

        int first = at;
        ulong digits = 0;
        uint digit;
        while ((uint)at < (uint)json.Length && (digit = (uint)json[at] - '0') <= 9)
        {
            digits = digits * 10 + digit;
            at++;
        }

        int count = at - first;
        if (count == 0 || (!lenient && count > 1 && json[first] == '0')) return -1;
        int exponent = 0;
        if ((uint)at < (uint)json.Length && (json[at] == '.' || (json[at] | 0x20) == 'e'))
        {
            if (json[at] == '.')
            {
                int point = ++at;
                while ((uint)at < (uint)json.Length && (digit = (uint)json[at] - '0') <= 9)
                {
                    digits = digits * 10 + digit;
                    at++;
                }

                if (at == point) return -1;
                exponent = point - at;
                count -= exponent;
            }

            if ((uint)at < (uint)json.Length && (json[at] | 0x20) == 'e' && !ScanExponent(json, ref at, ref exponent)) return -1;
        }

        number = count <= MaxDigits
            ? new NumberText(json[start..at], digits, exponent, negative, false)
            : Cut(json[start..at], exponent, negative);
        return at;
    }

    private static bool ScanExponent(ReadOnlySpan<byte> json, ref int at, ref int exponent)
    {
        at++;
        bool negative = false;
        if ((uint)at < (uint)json.Length && json[at] is (byte)'+' or (byte)'-') negative = json[at++] == '-';

        int first = at;
        int value = 0;
        uint digit;
        while ((uint)at < (uint)json.Length && (digit = (uint)json[at] - '0') <= 9)
        {
            if (value < ExponentCeiling) value = value * 10 + (int)digit;
            at++;
        }

        exponent += negative ? -value : value;
        return at > first;
    }

    /// <summary>Reads a number of more than 19 digits again, keeping its first 19 significant ones.</summary>
    private static NumberText Cut(ReadOnlySpan<byte> text, int exponent, bool negative)
    {
        ulong digits = 0;
        int kept = 0;
        bool cut = false;
        foreach (byte b in text)
        {
            if ((b | 0x20) == 'e') break;
            uint digit = (uint)b - '0';
            if (digit > 9) continue;
            if (kept < MaxDigits)
            {
                digits = digits * 10 + digit;
                if (digits != 0) kept++;
            }
            else
            {
                cut |= digit != 0;
                exponent++;
            }
        }

        return new NumberText(text, digits, exponent, negative, cut);
    }
}
