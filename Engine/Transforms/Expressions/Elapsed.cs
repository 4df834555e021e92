namespace ClickSink.Engine.Transforms.Expressions;

/// <summary>A length of time, which may be negative.</summary>
/// <param name="Nanoseconds">Its nanoseconds.</param>
internal readonly record struct Elapsed(Int128 Nanoseconds) : IComparable<Elapsed>
{
    /// <summary>CEL's longest: about 10,000 years.</summary>
    private const long MaxSeconds = 315_576_000_000;

    /// <summary>Makes a length of time if CEL has it.</summary>
    public static bool TryMake(Int128 nanoseconds, out Elapsed elapsed)
    {
        elapsed = new Elapsed(nanoseconds);
        return Int128.Abs(nanoseconds) <= (Int128)MaxSeconds * Instant.NanosecondsPerSecond;
    }

    public int CompareTo(Elapsed other) => Nanoseconds.CompareTo(other.Nanoseconds);
}
