namespace ClickSink.Embedded.Chdb;

/// <summary>What a query read, wrote and returned, as the engine counted it.</summary>
internal readonly record struct QueryCounters(ulong ReadRows, ulong ReadBytes, ulong WrittenRows, ulong WrittenBytes, ulong ResultRows)
{
    public static QueryCounters operator +(QueryCounters a, QueryCounters b) => new(
        a.ReadRows + b.ReadRows, a.ReadBytes + b.ReadBytes, a.WrittenRows + b.WrittenRows, a.WrittenBytes + b.WrittenBytes, a.ResultRows + b.ResultRows);
}
