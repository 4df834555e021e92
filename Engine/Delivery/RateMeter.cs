namespace ClickSink.Engine.Delivery;

/// <summary>Counts events a second over the last ten seconds.</summary>
internal sealed class RateMeter
{
    private const int Seconds = 10;
    private readonly long[] _buckets = new long[Seconds + 1];
    private readonly TimeProvider _time;
    private readonly long _startedAt;
    private long _lastSecond;

    public RateMeter(TimeProvider time)
    {
        _time = time;
        _startedAt = time.GetTimestamp();
    }

    public void Add(long count)
    {
        lock (_buckets)
        {
            Roll();
            _buckets[_lastSecond % _buckets.Length] += count;
        }
    }

    /// <summary>Events a second; over less than ten seconds in the beginning.</summary>
    public double PerSecond()
    {
        lock (_buckets)
        {
            Roll();
            var elapsed = _time.GetElapsedTime(_startedAt).TotalSeconds;
            // The running second counts only for the part that has passed, or the rate would dip at each turn of a second.
            var window = Math.Min(elapsed, Seconds + (elapsed - Math.Floor(elapsed)));
            return window < 0.05 ? 0 : _buckets.Sum() / window;
        }
    }

    private void Roll()
    {
        var second = (long)_time.GetElapsedTime(_startedAt).TotalSeconds;
        for (var s = _lastSecond + 1; s <= Math.Min(second, _lastSecond + _buckets.Length); s++) _buckets[s % _buckets.Length] = 0;
        _lastSecond = second;
    }
}
