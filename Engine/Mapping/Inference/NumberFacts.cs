using System.Globalization;
using System.Numerics;

namespace ClickSink.Engine.Mapping.Inference;

/// <summary>What is common to the numbers that were seen at one place.</summary>
internal sealed class NumberFacts
{
    // Wider than any integer type; larger ones are text.
    private const int MaxWholeDigits = 80;

    public int Count { get; private set; }

    /// <summary>Whether all were written without a fraction and without an exponent.</summary>
    public bool AllWrittenWhole { get; private set; } = true;

    public bool AllFinite { get; private set; } = true;

    public BigInteger Min { get; private set; }

    public BigInteger Max { get; private set; }

    /// <summary>The least and the most digits behind the dot, as written.</summary>
    public int MinWrittenPlaces { get; private set; } = int.MaxValue;

    public int MaxWrittenPlaces { get; private set; }

    /// <summary>The most decimal places of a value, zeros at the end not counted.</summary>
    public int MaxPlaces { get; private set; }

    public int MaxWholePlaces { get; private set; }

    public bool HasExponent { get; private set; }

    /// <summary>Whether a Float64 holds each of them exactly as it was written.</summary>
    public bool SurviveFloat { get; private set; } = true;

    public void Add(string text)
    {
        var form = NumberForm.Read(text);
        AllWrittenWhole &= form.WrittenPlaces == 0 && !form.HasExponent;
        MinWrittenPlaces = Math.Min(MinWrittenPlaces, form.WrittenPlaces);
        MaxWrittenPlaces = Math.Max(MaxWrittenPlaces, form.WrittenPlaces);
        MaxPlaces = Math.Max(MaxPlaces, form.Places);
        MaxWholePlaces = Math.Max(MaxWholePlaces, form.WholeDigits);
        HasExponent |= form.HasExponent;
        SurviveFloat &= form.SurvivesFloat(text);
        if (form.WholeDigits > MaxWholeDigits)
        {
            AllFinite = false;
        }
        else
        {
            var whole = WholePart(form);
            Min = Count == 0 ? whole : BigInteger.Min(Min, whole);
            Max = Count == 0 ? whole : BigInteger.Max(Max, whole);
        }

        Count++;
    }

    /// <summary>Takes over what is known of numbers, and adds numbers that were written as texts.</summary>
    public void AddAll(NumberFacts others, IEnumerable<string> texts)
    {
        (Count, AllWrittenWhole, AllFinite, Min, Max) = (others.Count, others.AllWrittenWhole, others.AllFinite, others.Min, others.Max);
        (MinWrittenPlaces, MaxWrittenPlaces) = (others.MinWrittenPlaces, others.MaxWrittenPlaces);
        (MaxPlaces, MaxWholePlaces) = (others.MaxPlaces, others.MaxWholePlaces);
        (HasExponent, SurviveFloat) = (others.HasExponent, others.SurviveFloat);
        foreach (var text in texts) Add(text);
    }

    /// <summary>Whether all of them lie in a range.</summary>
    public bool AreWithin(BigInteger least, BigInteger most) => AllFinite && Min >= least && Max <= most;

    private static BigInteger WholePart(NumberForm form)
    {
        if (form.WholeDigits == 0) return BigInteger.Zero;
        var text = form.Exponent >= 0 ? form.Digits + new string('0', form.Exponent) : form.Digits[..form.WholeDigits];
        var value = BigInteger.Parse(text, CultureInfo.InvariantCulture);
        return form.IsNegative ? -value : value;
    }
}
