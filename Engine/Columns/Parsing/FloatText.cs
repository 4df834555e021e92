using System.Globalization;
using System.Text;

namespace ClickSink.Engine.Columns.Parsing;

/// <summary>
/// Decimal text to binary floating point, correctly rounded. Where digits and power of ten are both exact in the type, one
/// multiplication or division is rounded once and so is right (W. Clinger, "How to Read Floating Point Numbers
/// Accurately", 1990); the rest is left to the runtime's parser, which is right for all.
/// </summary>
internal static class FloatText
{
    private const ulong ExactDoubleDigits = 1UL << 53;
    private const ulong ExactSingleDigits = 1UL << 24;

    /// <summary>The nearest binary64; infinite if the number is too large.</summary>
    public static double ReadDouble(in NumberText number)
    {
        int exponent = number.Exponent;
        if (number.IsCut || number.Digits > ExactDoubleDigits || exponent is < -PowersOfTen.MaxDouble or > PowersOfTen.MaxDouble)
            return double.Parse(number.Text, NumberStyles.Float, CultureInfo.InvariantCulture);

        double value = number.Digits;
        value = exponent < 0 ? value / PowersOfTen.Doubles[-exponent] : value * PowersOfTen.Doubles[exponent];
        return number.IsNegative ? -value : value;
    }

    /// <summary>The nearest binary32; infinite if the number is too large.</summary>
    public static float ReadSingle(in NumberText number)
    {
        int exponent = number.Exponent;
        if (number.IsCut || number.Digits > ExactSingleDigits || exponent is < -PowersOfTen.MaxSingle or > PowersOfTen.MaxSingle)
            return float.Parse(number.Text, NumberStyles.Float, CultureInfo.InvariantCulture);

        float value = number.Digits;
        value = exponent < 0 ? value / PowersOfTen.Singles[-exponent] : value * PowersOfTen.Singles[exponent];
        return number.IsNegative ? -value : value;
    }

    /// <summary>Reads the names that ClickHouse itself writes and reads for what is no number: nan, inf, infinity, with a sign.</summary>
    public static bool TryParseName(ReadOnlySpan<byte> text, out double value)
    {
        bool negative = text.Length > 0 && text[0] == '-';
        ReadOnlySpan<byte> name = negative || (text.Length > 0 && text[0] == '+') ? text[1..] : text;
        if (Ascii.EqualsIgnoreCase(name, "nan"u8))
            value = double.NaN;
        else if (Ascii.EqualsIgnoreCase(name, "inf"u8) || Ascii.EqualsIgnoreCase(name, "infinity"u8))
            value = negative ? double.NegativeInfinity : double.PositiveInfinity;
        else
            value = 0;

        return value != 0;
    }
}
