using ClickSink.Grains.Interfaces.Events;
using ClickSink.Grains.Interfaces.Replicas;

namespace ClickSink.Grains.Events;

/// <summary>Tells the events of one pipeline: what somebody did to it, and what is seen of its replicas from tick to tick.</summary>
internal sealed class EventReporter
{
    private readonly string _pipeline;
    private readonly IEventLog _log;
    private readonly TimeProvider _time;
    private readonly Dictionary<int, ReplicaSighting> _sightings = [];
    private DateTimeOffset? _troubleSince;

    public EventReporter(string pipeline, IEventLog log, TimeProvider time)
    {
        _pipeline = pipeline;
        _log = log;
        _time = time;
    }

    /// <summary>Tells what somebody did.</summary>
    public void Did(EventKind kind, string by, string detail = "") => Write(kind, null, null, by, detail);

    /// <summary>Tells what the pipeline itself did.</summary>
    public void Happened(EventKind kind, string detail) => Write(kind, null, null, null, detail);

    /// <summary>Whether a replica was seen since this activation began, or since its silo was recalled.</summary>
    public bool Knows(int slot) => _sightings.TryGetValue(slot, out var sighting) && sighting.Silo.Length > 0;

    /// <summary>Takes over where a replica was seen by a former activation.</summary>
    public void Recall(int slot, string silo, bool isAway) => _sightings[slot] = new ReplicaSighting { Silo = silo, IsAway = isAway };

    /// <summary>Looks at a replica.</summary>
    public void See(ReplicaStatus status)
    {
        var before = _sightings.GetValueOrDefault(status.Slot) ?? new ReplicaSighting();
        _sightings[status.Slot] = EventDeriver.Derive(before, status, _time.GetUtcNow(), (kind, detail) => Write(kind, status.Slot, status.Silo, null, detail));
    }

    /// <summary>Looks at what keeps the pipeline itself from going on; null when nothing does.</summary>
    public void SeeTrouble(string? trouble)
    {
        if (trouble is not null && _troubleSince is null)
        {
            _troubleSince = _time.GetUtcNow();
            Happened(EventKind.Retrying, trouble);
        }
        else if (trouble is null && _troubleSince is { } since)
        {
            _troubleSince = null;
            Happened(EventKind.Recovered, $"after {EventDeriver.Describe(_time.GetUtcNow() - since)}");
        }
    }

    /// <summary>The replicas are drained. Where they run next is no move; a trouble that they had goes on if they shall run again.</summary>
    public void Drained(bool goesOn)
    {
        if (!goesOn) _sightings.Clear();
        foreach (var (slot, sighting) in _sightings.ToList()) _sightings[slot] = sighting with { Silo = "", IsAway = false };
    }

    /// <summary>The partitions were handed out.</summary>
    public void Assigned(int slots, string detail)
    {
        foreach (var gone in _sightings.Keys.Where(slot => slot >= slots).ToList()) _sightings.Remove(gone);
        Happened(EventKind.Assigned, detail);
    }

    private void Write(EventKind kind, int? slot, string? silo, string? by, string detail) =>
        _log.Write(new PipelineEvent { At = _time.GetUtcNow(), Pipeline = _pipeline, Kind = kind, Slot = slot, Silo = silo, By = by, Detail = detail });
}
