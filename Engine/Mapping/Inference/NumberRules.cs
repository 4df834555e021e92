using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace ClickSink.Engine.Mapping.Inference;

/// <summary>Types for numbers, the most telling first. A new type is one more rule in the list.</summary>
internal static partial class NumberRules
{
    private const int MoneyPlaces = 4;
    private const int EnoughForFixedPlaces = 20;
    private const int DecimalDigits = 18;
    private const int LongDecimalDigits = 38;
    private const int LongestDecimalDigits = 76;

    // 2000-01-01 and 2100-01-01: an epoch number outside of them is more likely a number of another meaning.
    private static readonly BigInteger FirstSecond = 946_684_800;
    private static readonly BigInteger LastSecond = 4_102_444_800;

    /// <summary>The rules, in order.</summary>
    public static IReadOnlyList<TypeRule> All { get; } = [Epoch, Integer, LongInteger, FixedDecimal, Float, ExactDecimal];

    private static TypeChoice? Epoch(RuleInput input)
    {
        var numbers = input.Node.Numbers;
        if (input.Options.Cautious || !TimeName().IsMatch(input.Name) || numbers.HasExponent) return null;
        foreach (var (unit, factor, digits) in new[] { ("seconds", 0, 0), ("milliseconds", 3, 3), ("microseconds", 6, 6), ("nanoseconds", 9, 9) })
        {
            var scale = BigInteger.Pow(10, factor);
            if (!numbers.AreWithin(FirstSecond * scale, LastSecond * scale)) continue;
            var fraction = digits + numbers.MaxPlaces;
            if (fraction > 9) return null;
            var type = fraction == 0
                ? "DateTime('UTC')"
                : string.Create(CultureInfo.InvariantCulture, $"DateTime64({RoundUp(fraction)}, 'UTC')");
            return new TypeChoice(
                type, $"the name speaks of time, and all numbers are {unit} from 1970 between 2000 and 2100", numbers.Count);
        }

        return null;
    }

    private static TypeChoice? Integer(RuleInput input)
    {
        var numbers = input.Node.Numbers;
        if (!numbers.AllWrittenWhole) return null;
        var range = $"whole numbers from {numbers.Min} to {numbers.Max}";
        if (!input.Options.Tight)
        {
            if (numbers.AreWithin(long.MinValue, long.MaxValue))
                return new TypeChoice("Int64", $"{range}; 64 bits hold what comes later as well", numbers.Count);
            return numbers.AreWithin(0, ulong.MaxValue) ? new TypeChoice("UInt64", $"{range}, beyond Int64", numbers.Count) : null;
        }

        (string, BigInteger, BigInteger)[] sizes =
        [
            ("UInt8", byte.MinValue, byte.MaxValue), ("UInt16", ushort.MinValue, ushort.MaxValue),
            ("UInt32", uint.MinValue, uint.MaxValue), ("UInt64", ulong.MinValue, ulong.MaxValue),
            ("Int8", sbyte.MinValue, sbyte.MaxValue), ("Int16", short.MinValue, short.MaxValue),
            ("Int32", int.MinValue, int.MaxValue), ("Int64", long.MinValue, long.MaxValue),
        ];
        foreach (var (type, least, most) in sizes)
        {
            if (numbers.AreWithin(least, most)) return new TypeChoice(type, $"{range}; the smallest type that holds them", numbers.Count);
        }

        return null;
    }

    private static TypeChoice? LongInteger(RuleInput input)
    {
        var numbers = input.Node.Numbers;
        if (!numbers.AllWrittenWhole) return null;
        foreach (var bits in new[] { 128, 256 })
        {
            var half = BigInteger.Pow(2, bits - 1);
            if (numbers.AreWithin(-half, half - 1) && TypeSupport.CanBuild($"Int{bits}", input.Options))
                return new TypeChoice($"Int{bits}", $"whole numbers beyond 64 bits, up to {numbers.Max}", numbers.Count);
        }

        return null;
    }

    private static TypeChoice? FixedDecimal(RuleInput input)
    {
        var numbers = input.Node.Numbers;
        if (input.Options.Cautious || numbers.HasExponent || numbers.MaxWrittenPlaces is 0 or > MoneyPlaces) return null;
        var isFixed = numbers.MinWrittenPlaces == numbers.MaxWrittenPlaces && numbers.Count >= EnoughForFixedPlaces;
        if (!isFixed && !MoneyName().IsMatch(input.Name)) return null;
        var scale = isFixed && numbers.Count >= EnoughForFixedPlaces ? numbers.MaxWrittenPlaces : MoneyPlaces;
        var digits = numbers.MaxWholePlaces + scale <= DecimalDigits ? DecimalDigits : LongDecimalDigits;
        if (numbers.MaxWholePlaces + scale > digits) return null;
        var reason = isFixed
            ? $"all have {scale} digits behind the dot, as money has"
            : $"the name speaks of money, with up to {numbers.MaxPlaces} digits behind the dot";
        return new TypeChoice($"Decimal({digits}, {scale})", reason, numbers.Count);
    }

    private static TypeChoice? Float(RuleInput input)
    {
        var numbers = input.Node.Numbers;
        return numbers.SurviveFloat && !numbers.AllWrittenWhole
            ? new TypeChoice("Float64", "numbers with a fraction, each of which a Float64 gives back as written", numbers.Count)
            : null;
    }

    private static TypeChoice? ExactDecimal(RuleInput input)
    {
        var numbers = input.Node.Numbers;
        if (!numbers.AllFinite || numbers.MaxWholePlaces + numbers.MaxPlaces > LongestDecimalDigits) return null;
        var digits = numbers.MaxWholePlaces + numbers.MaxPlaces <= LongDecimalDigits ? LongDecimalDigits : LongestDecimalDigits;
        return new TypeChoice(
            $"Decimal({digits}, {numbers.MaxPlaces})", $"more digits than a Float64 keeps; up to {numbers.MaxPlaces} behind the dot",
            numbers.Count);
    }

    // DateTime64 of 3, 6 and 9 digits are what people expect; the width is the same.
    private static int RoundUp(int digits) => (digits + 2) / 3 * 3;

    [GeneratedRegex("(^|[_.-])(ts|at|time|date|timestamp|datetime|created|updated|modified|expires?|expiry)([_.-]?(ms|us|ns|s|sec|millis|micros|nanos))?$|(Time|Date|At|Timestamp|Ts)(Ms|Us|Ns|Millis|Micros|Nanos)?$|timestamp", RegexOptions.None)]
    private static partial Regex TimeName();

    [GeneratedRegex("amount|price|total|cost|fee|tax|balance|salary|revenue|discount|payment", RegexOptions.IgnoreCase)]
    private static partial Regex MoneyName();
}
