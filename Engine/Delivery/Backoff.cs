namespace ClickSink.Engine.Delivery;

/// <summary>Waits that double from attempt to attempt up to a limit, each shortened at random by up to a fifth so that replicas do not march in step.</summary>
internal struct Backoff
{
    private readonly TimeSpan _initial;
    private readonly TimeSpan _max;
    private int _attempts;

    public Backoff(TimeSpan initial, TimeSpan max)
    {
        _initial = initial;
        _max = max;
        _attempts = 0;
    }

    /// <summary>How many waits were handed out.</summary>
    public readonly int Attempts => _attempts;

    public TimeSpan Next()
    {
        var full = Math.Min(_initial.TotalMilliseconds * Math.Pow(2, Math.Min(_attempts++, 30)), _max.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(full * (1 - (0.2 * Random.Shared.NextDouble())));
    }
}
