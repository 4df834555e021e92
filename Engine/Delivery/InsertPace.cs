namespace ClickSink.Engine.Delivery;

/// <summary>
/// Keeps inserts at a rate. What was not used is not saved up: a server that is protected from many parts is protected from bursts of them
/// as well.
/// </summary>
internal sealed class InsertPace
{
    private readonly TimeSpan _interval;
    private readonly TimeProvider _time;
    private readonly long _startedAt;
    private TimeSpan _free;

    /// <param name="perSecond">Inserts a second.</param>
    /// <param name="time">The clock.</param>
    public InsertPace(double perSecond, TimeProvider time)
    {
        _interval = TimeSpan.FromSeconds(1 / perSecond);
        _time = time;
        _startedAt = time.GetTimestamp();
    }

    /// <summary>Waits for the turn of some inserts, which then take as many turns.</summary>
    public async ValueTask WaitAsync(int inserts, CancellationToken cancellation)
    {
        var now = _time.GetElapsedTime(_startedAt);
        if (_free > now) await Task.Delay(_free - now, _time, cancellation);
        _free = (_free > now ? _free : now) + (_interval * inserts);
    }
}
