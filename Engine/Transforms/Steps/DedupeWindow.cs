namespace ClickSink.Engine.Transforms.Steps;

/// <summary>The keys that came in the last while, with the offset and time of the first row that had each.</summary>
internal sealed class DedupeWindow(long withinMilliseconds, int maxKeys)
{
    private readonly Dictionary<UInt128, Seen> _seen = [];
    private readonly Queue<(UInt128 Key, Seen Seen)> _order = new();
    private readonly List<(UInt128 Key, Seen? Before)> _pending = [];
    private long _newest = long.MinValue;
    private long _message;

    private readonly record struct Seen(long Offset, long Time, long Message);

    /// <summary>How many keys it holds.</summary>
    public int Count => _seen.Count;

    /// <summary>Tells whether a row repeats one before it, and remembers it if not.</summary>
    /// <param name="key">What identifies the row, its partition included.</param>
    /// <param name="offset">Its message's offset: a row is repeated by later ones only, also when a range is read again.</param>
    /// <param name="time">Its time in milliseconds.</param>
    public bool IsRepeat(UInt128 key, long offset, long time)
    {
        Seen? before = null;
        if (_seen.TryGetValue(key, out var seen))
        {
            before = seen;
            // The same offset is the same message, which repeats itself among its own rows only, not when it is decoded again.
            if ((seen.Offset < offset || seen.Message == _message) && Math.Abs(time - seen.Time) <= withinMilliseconds) return true;
            // A range that is read again lies before what is remembered, and what is remembered stays true.
            if (seen.Offset > offset) return false;
        }

        _seen[key] = new Seen(offset, time, _message);
        _pending.Add((key, before));
        _newest = Math.Max(_newest, time);
        return false;
    }

    /// <summary>Keeps what was remembered since the last call, or forgets it: a row of a message that was rejected was not stored, and nothing repeats it.</summary>
    public void Complete(bool accepted)
    {
        _message++;
        if (_pending.Count == 0) return;
        for (var i = _pending.Count - 1; i >= 0; i--)
        {
            var (key, before) = _pending[i];
            if (accepted) continue;
            if (before is { } kept) _seen[key] = kept;
            else _seen.Remove(key);
        }

        if (accepted)
        {
            foreach (var (key, _) in _pending) _order.Enqueue((key, _seen[key]));
        }

        _pending.Clear();
        while (_order.TryPeek(out var oldest) && (_seen.Count > maxKeys || oldest.Seen.Time < _newest - withinMilliseconds))
        {
            _order.Dequeue();
            // The key may have come again in the meantime, and then stands further back as well.
            if (_seen.TryGetValue(oldest.Key, out var present) && present == oldest.Seen) _seen.Remove(oldest.Key);
        }
    }
}
