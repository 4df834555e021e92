namespace ClickSink.Engine.Columns.Parsing;

/// <summary>
/// Numbers that count from 1970-01-01 UTC. The unit is told by the magnitude, as producers rarely say it: below 10^11
/// seconds (until the year 5138), below 10^14 milliseconds, below 10^17 microseconds, nanoseconds from there.
/// </summary>
internal static class EpochNumber
{
    private const ulong MillisecondsFrom = 100_000_000_000;
    private const ulong MicrosecondsFrom = 100_000_000_000_000;
    private const ulong NanosecondsFrom = 100_000_000_000_000_000;

    /// <summary>Reads a number as seconds and nanoseconds; what is finer than a nanosecond is cut off. False beyond 64 bits.</summary>
    /// <param name="number">The number.</param>
    /// <param name="expected">What it counts; null to tell it by the magnitude.</param>
    /// <param name="seconds">Whole seconds, rounded down.</param>
    /// <param name="nanoseconds">What is left, from 0 on.</param>
    public static bool TryRead(in NumberText number, EpochUnit? expected, out long seconds, out int nanoseconds)
    {
        ulong whole = number.Digits;
        UInt128 fraction = 0; // in units of 10^-19
        int exponent = number.Exponent;
        seconds = 0;
        nanoseconds = 0;
        if (exponent > 0 && whole != 0)
        {
            if (ScaledInteger.Read(number, 0, out whole) != AppendOutcome.Accepted) return false;
        }
        else if (exponent < 0)
        {
            Split(number.Digits, -exponent, out whole, out fraction);
        }

        int digits = expected switch
        {
            null => whole < MillisecondsFrom ? 0 : whole < MicrosecondsFrom ? 3 : whole < NanosecondsFrom ? 6 : 9,
            EpochUnit.Milliseconds => 3,
            EpochUnit.Microseconds => 6,
            EpochUnit.Nanoseconds => 9,
            _ => 0,
        };
        ulong unit = PowersOfTen.Integers[digits];
        ulong magnitude = whole / unit;
        ulong rest = (whole % unit) * PowersOfTen.Integers[9 - digits];
        if (fraction != 0) rest += (ulong)(fraction / PowersOfTen.Integers[10 + digits]);

        seconds = (long)magnitude;
        nanoseconds = (int)rest;
        if (seconds < 0 || (expected == EpochUnit.Days && !TryCountDays(magnitude, ref seconds, ref nanoseconds))) return false;
        if (number.IsNegative) Negate(ref seconds, ref nanoseconds);
        return true;
    }

    /// <summary>The fraction of a day is dropped: days are counted where there is no time of day.</summary>
    private static bool TryCountDays(ulong days, ref long seconds, ref int nanoseconds)
    {
        if (days > long.MaxValue / CivilTime.SecondsPerDay) return false;
        seconds = (long)days * CivilTime.SecondsPerDay;
        nanoseconds = 0;
        return true;
    }

    private static void Split(ulong digits, int places, out ulong whole, out UInt128 fraction)
    {
        whole = 0;
        fraction = 0;
        if (places > 2 * PowersOfTen.MaxInteger) return;
        if (places > PowersOfTen.MaxInteger)
        {
            fraction = digits / PowersOfTen.Integers[places - PowersOfTen.MaxInteger];
            return;
        }

        (whole, ulong rest) = Math.DivRem(digits, PowersOfTen.Integers[places]);
        fraction = (UInt128)rest * PowersOfTen.Integers[PowersOfTen.MaxInteger - places];
    }

    /// <summary>Keeps the nanoseconds positive: -0.25 s is one second before the epoch and 0.75 s on.</summary>
    private static void Negate(ref long seconds, ref int nanoseconds)
    {
        seconds = -seconds;
        if (nanoseconds == 0) return;
        seconds--;
        nanoseconds = CivilTime.NanosecondsPerSecond - nanoseconds;
    }
}
