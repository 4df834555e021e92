namespace ClickSink.Engine.Columns.Parsing;

/// <summary>A date and time of day as written, with the distance from UTC if one was written.</summary>
/// <param name="Seconds">Seconds from 1970-01-01 00:00 on the clock that was written.</param>
/// <param name="Nanoseconds">The fraction of the second; further digits are cut off.</param>
/// <param name="OffsetSeconds">How far that clock is ahead of UTC; null if the text does not say.</param>
internal readonly record struct CivilTime(long Seconds, int Nanoseconds, int? OffsetSeconds)
{
    public const int SecondsPerDay = 86_400;
    public const int NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Days from 1970-01-01 to the date as written.</summary>
    public int Days => (int)(Seconds >= 0 ? Seconds / SecondsPerDay : (Seconds - SecondsPerDay + 1) / SecondsPerDay);
}
