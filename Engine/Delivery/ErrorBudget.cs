using System.Globalization;
using ClickSink.Engine.Formats;
using ClickSink.Engine.Pipelines;

namespace ClickSink.Engine.Delivery;

/// <summary>
/// Counts messages and rejections over a window that moves in sixtieths of itself, and says when there are too many. Messages are counted
/// by the reading thread; rejections come from the writing task as well.
/// </summary>
internal sealed class ErrorBudget
{
    private const int Slots = 60;
    private const int MaxColumns = 50;

    private readonly ErrorBudgetOptions _options;
    private readonly TimeProvider _time;
    private readonly long _startedAt;
    private readonly Lock _lock = new();
    private readonly Slot[] _slots = [.. Enumerable.Range(0, Slots).Select(_ => new Slot())];
    private long _at;
    private long _uncounted;
    private string _example = "";

    public ErrorBudget(ErrorBudgetOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _startedAt = time.GetTimestamp();
    }

    /// <summary>
    /// Counts a message, rejected or not. Called once a record, by one thread: it joins the window at the next <see cref="Roll"/> or
    /// rejection.
    /// </summary>
    public void Count() => _uncounted++;

    /// <summary>Puts what was counted into the window. Called once a batch by the thread that counts.</summary>
    public void Roll()
    {
        lock (_lock)
        {
            Move();
            _slots[_at % Slots].Messages += _uncounted;
        }

        _uncounted = 0;
    }

    /// <summary>Counts a rejection, on the thread that counts messages.</summary>
    /// <param name="fault">Why.</param>
    /// <param name="where">The record and its reason, as an example.</param>
    /// <returns>Why the pipeline has to stop; null while the budget lasts.</returns>
    public string? Reject(RowFault fault, string where)
    {
        Roll();
        return RejectCounted(fault, where);
    }

    /// <summary>Counts a rejection of a message that was counted when it was read; for any thread.</summary>
    /// <returns>Why the pipeline has to stop; null while the budget lasts.</returns>
    public string? RejectCounted(RowFault fault, string where)
    {
        lock (_lock)
        {
            Move();
            var slot = _slots[_at % Slots];
            slot.Rejected++;
            var column = fault.Column ?? "";
            if (slot.Columns.Count < MaxColumns || slot.Columns.ContainsKey(column)) slot.Columns[column] = slot.Columns.GetValueOrDefault(column) + 1;
            _example = where;
            long messages = 0, rejected = 0;
            foreach (var s in _slots) (messages, rejected) = (messages + s.Messages, rejected + s.Rejected);
            return messages >= _options.Minimum && rejected > messages * _options.Rate ? Describe(messages, rejected) : null;
        }
    }

    private string Describe(long messages, long rejected)
    {
        var columns = _slots.SelectMany(s => s.Columns).GroupBy(c => c.Key, c => c.Value).Select(g => (Column: g.Key, Count: g.Sum())).OrderByDescending(c => c.Count).Take(5);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"errors.budget is used up: {rejected} of {messages} messages ({100.0 * rejected / messages:0.##} %) were rejected within {Duration.Format(_options.Window)}, "
            + $"{100 * _options.Rate:0.##} % are allowed. By column: {string.Join(", ", columns.Select(c => $"{(c.Column.Length == 0 ? "(whole message)" : c.Column)} {c.Count}"))}. "
            + $"The last one is {_example}. What was rejected is dealt with by errors.policy, the rest is not read. Correct the mapping or raise errors.budget, then start the pipeline again");
    }

    private void Move()
    {
        var now = (long)(_time.GetElapsedTime(_startedAt) / (_options.Window / Slots));
        for (var at = Math.Max(_at + 1, now - Slots + 1); at <= now; at++) _slots[at % Slots].Clear();
        _at = Math.Max(_at, now);
    }

    private sealed class Slot
    {
        public long Messages { get; set; }

        public long Rejected { get; set; }

        public Dictionary<string, long> Columns { get; } = [];

        public void Clear()
        {
            Messages = Rejected = 0;
            Columns.Clear();
        }
    }
}
