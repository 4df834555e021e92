namespace ClickSink.Engine.Columns.Parsing;

/// <summary>Numbers as integers that count units of 10^-scale: whole numbers with scale 0, decimals with their own.</summary>
internal static class ScaledInteger
{
    /// <summary>Reads number x 10^scale as a magnitude of 64 bits; the sign is left to the caller.</summary>
    /// <returns><see cref="AppendOutcome.TooPrecise"/> if a fraction would be lost, <see cref="AppendOutcome.OutOfRange"/> beyond 64 bits.</returns>
    public static AppendOutcome Read(in NumberText number, int scale, out ulong magnitude)
    {
        magnitude = number.Digits;
        if (number.IsCut) return ReadWide(number, scale, out magnitude);

        int shift = number.Exponent + scale;
        if (shift == 0 || magnitude == 0) return AppendOutcome.Accepted;
        return shift > 0 ? Multiply(shift, ref magnitude) : Divide(-shift, ref magnitude);
    }

    private static AppendOutcome Multiply(int shift, ref ulong magnitude)
    {
        if (shift > PowersOfTen.MaxInteger) return AppendOutcome.OutOfRange;
        ulong high = Math.BigMul(magnitude, PowersOfTen.Integers[shift], out magnitude);
        return high == 0 ? AppendOutcome.Accepted : AppendOutcome.OutOfRange;
    }

    private static AppendOutcome Divide(int shift, ref ulong magnitude)
    {
        if (shift > PowersOfTen.MaxInteger) return AppendOutcome.TooPrecise;
        (magnitude, ulong remainder) = Math.DivRem(magnitude, PowersOfTen.Integers[shift]);
        return remainder == 0 ? AppendOutcome.Accepted : AppendOutcome.TooPrecise;
    }

    private static AppendOutcome ReadWide(in NumberText number, int scale, out ulong magnitude)
    {
        AppendOutcome outcome = WideInteger.Read(number, scale, out WideInteger wide);
        magnitude = wide.Low;
        return outcome == AppendOutcome.Accepted && !wide.FitsUInt64 ? AppendOutcome.OutOfRange : outcome;
    }
}
