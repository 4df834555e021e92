using ClickSink.Engine.Pipelines;
using ClickSink.Engine.Sources;
using ClickSink.Engine.Sources.Kafka;
using ClickSink.Grains.Events;
using ClickSink.Grains.Interfaces.Events;
using ClickSink.Grains.Interfaces.Replicas;
using ClickSink.Grains.Interfaces.Rewinds;
using Orleans.Runtime;

namespace ClickSink.Grains.Pipelines;

/// <summary>
/// Carries a pending rewind out, once nobody has a partition. Positions, generation and the end of the request are one write, so a crash leaves it either to
/// do again or done.
/// </summary>
internal sealed class RewindStep
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan WaitInTurn = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    private readonly IPersistentState<PipelineState> _state;
    private readonly EventReporter _events;
    private readonly TimeProvider _time;
    private Task<IReadOnlyDictionary<int, long>>? _asking;
    private DateTimeOffset _next = DateTimeOffset.MinValue;

    public RewindStep(IPersistentState<PipelineState> state, EventReporter events, TimeProvider time)
    {
        _state = state;
        _events = events;
        _time = time;
    }

    /// <summary>Why the rewind waits; null when it does not.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Carries it out, or finds out that it has to wait for another tick.</summary>
    public async Task TakeAsync(PipelineOptions options, int version)
    {
        var request = _state.State.Rewind!;
        if (await FindTargetsAsync(options.Source.Kafka!, request) is not { } targets) return;
        var before = _state.State.Positions;
        var generation = _state.State.Generation + 1;
        try
        {
            _state.State.Positions = RewindPlan.Apply(before, request, targets, generation, version, options.Delivery.MaxRows);
            _state.State.Generation = generation;
            _state.State.Rewind = null;
            await _state.WriteStateAsync();
        }
        catch
        {
            // What is not known to be stored must not be seen.
            _state.State.Positions = before;
            _state.State.Generation = generation - 1;
            _state.State.Rewind = request;
            throw;
        }

        _events.Did(EventKind.Rewound, request.By, Describe(request, targets, before, generation));
    }

    private async Task<IReadOnlyDictionary<int, long>?> FindTargetsAsync(KafkaSourceOptions source, RewindRequest request)
    {
        switch (request.Target)
        {
            case RewindTarget.Offsets: return request.Offsets;
            case RewindTarget.Replay: return new Dictionary<int, long>();
        }

        // The end moves while replicas drain, so it is looked up here and not when it was asked for.
        if (_asking is null && _time.GetUtcNow() >= _next) _asking = Task.Run(() => Look(source, request));
        if (_asking is not { } asking) return null;
        await Task.WhenAny(asking, Task.Delay(WaitInTurn, _time));
        if (!asking.IsCompleted) return null;
        _asking = null;
        if (asking.IsCompletedSuccessfully)
        {
            Trouble = null;
            return asking.Result;
        }

        var cause = asking.Exception?.InnerException;
        Trouble = $"the rewind {request.Describe()} waits: {cause?.Message}";
        _next = _time.GetUtcNow() + RetryAfter;
        return null;
    }

    private static IReadOnlyDictionary<int, long> Look(KafkaSourceOptions source, RewindRequest request)
    {
        if (request.Target is not RewindTarget.Timestamp)
            return KafkaOffsets.QueryBounds(source, Timeout).ToDictionary(b => b.Key, b => request.Target is RewindTarget.Latest ? b.Value.End : b.Value.First);
        return KafkaOffsets.WhyNoTimes(source) is { } fault ? throw new SourceUnavailableException(fault) : KafkaOffsets.AtTime(source, request.Timestamp!.Value, Timeout);
    }

    private static string Describe(RewindRequest request, IReadOnlyDictionary<int, long> targets, IEnumerable<PartitionProgress> before, long generation)
    {
        var text = $"{request.Describe()}; generation {generation}";
        if (targets.Count > 0) text += $"; now at {string.Join(",", targets.OrderBy(t => t.Key).Select(t => $"{t.Key}:{t.Value}"))}";
        var left = string.Join(",", before.OrderBy(p => p.Partition).Select(p => $"{p.Partition}:{p.NextOffset}"));
        if (left.Length > 0) text += $"; was at {left}";
        var open = string.Join(",", before.SelectMany(p => p.Intents.Select(i => $"{p.Partition}:{i.From}-{i.To}")));
        if (open.Length == 0) return text;
        return request.DiscardIntents ? $"{text}; given up, whether they are stored is not known: {open}" : $"{text}; written first, under their own tokens: {open}";
    }
}
