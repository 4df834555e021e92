using System.Globalization;

namespace ClickSink.Engine.Mapping.Inference;

/// <summary>
/// A JSON number, taken apart: its value is <see cref="Digits"/> x 10^<see cref="Exponent"/>, without zeros at either end.
/// </summary>
/// <param name="IsNegative">Whether a minus stands before it.</param>
/// <param name="Digits">The significant digits; empty for zero.</param>
/// <param name="Exponent">The power of ten.</param>
/// <param name="WrittenPlaces">Digits behind the dot, as written.</param>
/// <param name="HasExponent">Whether an exponent was written.</param>
internal readonly record struct NumberForm(bool IsNegative, string Digits, int Exponent, int WrittenPlaces, bool HasExponent)
{
    // Beyond what any type holds, and far from overflow.
    private const int ExponentCeiling = 100_000;

    public bool IsWhole => Exponent >= 0;

    /// <summary>Decimal places of the value.</summary>
    public int Places => Math.Max(0, -Exponent);

    /// <summary>Digits before the dot.</summary>
    public int WholeDigits => Digits.Length == 0 ? 0 : Math.Max(0, Digits.Length + Exponent);

    /// <summary>Takes a valid JSON number apart.</summary>
    public static NumberForm Read(string text)
    {
        var negative = text[0] == '-';
        var mantissa = negative ? text.AsSpan(1) : text;
        var exponent = 0;
        var e = mantissa.IndexOfAny('e', 'E');
        if (e >= 0)
        {
            exponent = int.TryParse(mantissa[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var read)
                ? Math.Clamp(read, -ExponentCeiling, ExponentCeiling)
                : mantissa[e + 1] == '-' ? -ExponentCeiling : ExponentCeiling;
            mantissa = mantissa[..e];
        }

        var dot = mantissa.IndexOf('.');
        var places = dot < 0 ? 0 : mantissa.Length - dot - 1;
        var digits = dot < 0 ? mantissa.ToString() : string.Concat(mantissa[..dot], mantissa[(dot + 1)..]);
        exponent -= places;
        var kept = digits.TrimStart('0').TrimEnd('0');
        exponent += kept.Length == 0 ? -exponent : digits.Length - digits.TrimEnd('0').Length;
        return new NumberForm(negative, kept, exponent, places, e >= 0);
    }

    /// <summary>Whether a Float64 gives exactly this number back when it is written out.</summary>
    public bool SurvivesFloat(string text)
    {
        const int AlwaysExact = 15;
        if (Digits.Length <= AlwaysExact && Math.Abs(Exponent) < 280) return true;
        var value = double.Parse(text, CultureInfo.InvariantCulture);
        if (!double.IsFinite(value)) return false;
        var back = Read(value.ToString("R", CultureInfo.InvariantCulture));
        return (back.Digits, back.Exponent) == (Digits, Exponent);
    }
}
