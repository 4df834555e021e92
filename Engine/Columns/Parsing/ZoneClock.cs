namespace ClickSink.Engine.Columns.Parsing;

/// <summary>
/// Turns the wall clock of a time zone into UTC. Where the clock is put back an hour stands for two, and where it is put
/// forward one does not exist: both are read with the greater of the two offsets, as ClickHouse 26.5 does (tried with
/// Europe/Berlin). Not thread-safe: it remembers the last quarter of an hour, since neighbouring messages mostly share it.
/// </summary>
internal sealed class ZoneClock(TimeZoneInfo zone)
{
    /// <summary>Offsets have changed at full quarters of an hour only, in every zone since 1972.</summary>
    private const int SlotSeconds = 900;

    private long _slot = long.MinValue;
    private int _offsetSeconds;

    /// <summary>A clock for an IANA zone name; null for none and for UTC, where nothing is to be done.</summary>
    public static ZoneClock? For(string? zone)
    {
        if (zone is null) return null;
        TimeZoneInfo found = TimeZoneInfo.FindSystemTimeZoneById(zone);
        return found.HasSameRules(TimeZoneInfo.Utc) ? null : new ZoneClock(found);
    }

    /// <summary>The UTC second of a second on this clock.</summary>
    public long ToUtc(long localSeconds)
    {
        long slot = Math.DivRem(localSeconds, SlotSeconds, out long rest);
        if (rest < 0) slot--;
        if (slot != _slot)
        {
            _offsetSeconds = FindOffset(slot * SlotSeconds);
            _slot = slot;
        }

        return localSeconds - _offsetSeconds;
    }

    private int FindOffset(long localSeconds)
    {
        DateTime local = DateTime.SpecifyKind(DateTime.UnixEpoch.AddSeconds(localSeconds), DateTimeKind.Unspecified);
        if (zone.IsAmbiguousTime(local)) return (int)zone.GetAmbiguousTimeOffsets(local).Max().TotalSeconds;
        if (zone.IsInvalidTime(local)) return (int)zone.GetUtcOffset(local.AddHours(1)).TotalSeconds;
        return (int)zone.GetUtcOffset(local).TotalSeconds;
    }
}
