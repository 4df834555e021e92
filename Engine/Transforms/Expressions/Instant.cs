namespace ClickSink.Engine.Transforms.Expressions;

/// <summary>A point in time, as nanoseconds from 1970 UTC.</summary>
/// <param name="Nanoseconds">Nanoseconds from 1970 UTC.</param>
internal readonly record struct Instant(Int128 Nanoseconds) : IComparable<Instant>
{
    public const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>0001-01-01 00:00:00, the first second that CEL has.</summary>
    public const long MinSeconds = -62_135_596_800;

    /// <summary>9999-12-31 23:59:59, the last second that CEL has.</summary>
    public const long MaxSeconds = 253_402_300_799;

    /// <summary>The full seconds from 1970, rounded down.</summary>
    public long Seconds => (long)((Nanoseconds - Fraction) / NanosecondsPerSecond);

    /// <summary>Nanoseconds of the second.</summary>
    public int Fraction
    {
        get
        {
            var rest = (long)(Nanoseconds % NanosecondsPerSecond);
            return (int)(rest < 0 ? rest + NanosecondsPerSecond : rest);
        }
    }

    /// <summary>The full second on UTC's calendar.</summary>
    public DateTime Utc => DateTime.UnixEpoch.AddSeconds(Seconds);

    public static Instant FromSeconds(long seconds, long nanoseconds = 0) => new((Int128)seconds * NanosecondsPerSecond + nanoseconds);

    /// <summary>Makes a point in time if CEL has it: the years 1 to 9999.</summary>
    public static bool TryMake(Int128 nanoseconds, out Instant instant)
    {
        instant = new Instant(nanoseconds);
        return nanoseconds >= (Int128)MinSeconds * NanosecondsPerSecond && nanoseconds < (Int128)(MaxSeconds + 1) * NanosecondsPerSecond;
    }

    public int CompareTo(Instant other) => Nanoseconds.CompareTo(other.Nanoseconds);
}
