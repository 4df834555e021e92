using ClickSink.Engine.Pipelines;
using ClickSink.Engine.Sources;
using ClickSink.Grains.Interfaces.Replicas;
using ClickSink.Grains.Interfaces.Rewinds;

namespace ClickSink.Grains.Pipelines;

/// <summary>Decides whether a request for a rewind is taken on, and says in words what follows from that.</summary>
internal static class RewindIntake
{
    /// <summary>Decides.</summary>
    /// <param name="request">The request.</param>
    /// <param name="state">The pipeline's state.</param>
    /// <param name="options">The present document.</param>
    /// <param name="progress">How far each partition is, as far as is known.</param>
    public static async Task<RewindResult> DecideAsync(RewindRequest request, PipelineState state, PipelineOptions options, IEnumerable<PartitionProgress> progress)
    {
        if (state.Rewind is { } pending)
            return Conflict($"A rewind {pending.Describe()} by {pending.By} is under way; ask again when it is done (GET /api/pipelines/{options.Id}/status).");
        if (state.Running && !request.Force)
        {
            return Conflict(
                $"Pipeline '{options.Id}' is started. Pause or stop it first (PUT /api/pipelines/{options.Id}/state), or set force: then it is drained, rewound, and goes on.");
        }

        try
        {
            var faults = await RewindCheck.RunAsync(request, options, progress);
            return faults.Count > 0
                ? new RewindResult { Outcome = RewindOutcome.Refused, Message = "nothing was changed", Faults = [.. faults] }
                : new RewindResult { Outcome = RewindOutcome.Accepted, Message = Promise(request, state.Running) };
        }
        catch (Exception e) when (e is SourceUnavailableException or TimeoutException)
        {
            return new RewindResult { Outcome = RewindOutcome.Unavailable, Message = $"{e.Message}. Nothing was changed; ask again when Kafka is back." };
        }
    }

    private static RewindResult Conflict(string message) => new() { Outcome = RewindOutcome.Conflict, Message = message };

    private static string Promise(RewindRequest request, bool isRunning)
    {
        var first = request.Target is RewindTarget.Replay
            ? $"The {request.Describe()} is taken on: {(isRunning ? "the pipeline is drained, writes these ranges once more, and goes on where it was" : "the ranges are written once more at the next start, which then goes on where it was")}."
            : $"The rewind {request.Describe()} is taken on: {(isRunning ? "the pipeline is drained and goes on from there" : "the next start goes on from there")}.";
        const string Doubled = "Rows that are stored already are stored a second time, in a new generation: ClickHouse does not drop them as repetitions.";
        var intents = request.DiscardIntents
            ? "Ranges that were in hand when a worker ended are given up: whether their rows are stored is not known from then on. The event 'rewound' names them."
            : "Ranges that were in hand when a worker ended are written first, under their own tokens.";
        return request.Target is RewindTarget.Latest
            ? $"{first} What Kafka has and is not stored yet is left out. {intents}"
            : $"{first} {Doubled} {intents}";
    }
}
