using ClickSink.Engine.Delivery;
using ClickSink.Engine.Formats;
using ClickSink.Engine.Pipelines;
using ClickSink.Engine.Sinks;
using Microsoft.Extensions.Logging;

namespace ClickSink.Engine.DeadLetters;

/// <summary>
/// Stores dead letters once more, as one version of the pipeline decodes them: chunk after chunk, each of exactly the letters that the
/// caller has persisted before, under a token of its own. The same chunk may come again, and then counts once where the sink promises that.
/// Used by one caller at a time.
/// </summary>
public sealed class LetterReplay : IAsyncDisposable
{
    private const long MaxChunkBytes = 8 << 20;
    private readonly PipelinePlan _plan;
    private readonly IDeadLetterTable _table;
    private readonly ISink _sink;
    private readonly BlockPool _pool;
    private readonly BlockBuilder _builder;
    private readonly TimeProvider _time;

    /// <summary>Makes it; nothing is contacted yet.</summary>
    /// <param name="options">The document to decode with.</param>
    /// <param name="version">Its version.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where the sink logs.</param>
    public LetterReplay(PipelineOptions options, int version, TimeProvider time, ILogger logger)
    {
        // Whatever the policy is now: a letter that fails again stays a letter.
        _plan = PipelinePlan.Compile(
            options with { Errors = options.Errors with { Policy = ErrorPolicy.DeadLetter, Budget = null } }, version, generation: 0);
        _table = _plan.CreateDeadLetterTable(logger);
        _sink = _plan.CreateRowSink(logger);
        _pool = new BlockPool(_plan.Layout, maxIdle: 1);
        _builder = new BlockBuilder(_plan, _pool, new WorkerProgress(time), time, logger);
        _time = time;
    }

    /// <summary>The version that it decodes with.</summary>
    public int Version => _plan.Version;

    /// <summary>The next letters to replay.</summary>
    /// <param name="filter">Which; those that wait are meant.</param>
    /// <param name="after">Only those after this place; null for the first ones.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellation">Ends it.</param>
    public ValueTask<(SinkOutcome Outcome, IReadOnlyList<LetterKey> Keys)> NextAsync(
        DeadLetterFilter filter, (int Partition, long Offset)? after, int limit, CancellationToken cancellation) =>
        _table.ListKeysAsync(filter with { Status = DeadLetterStatus.Rejected }, after, limit, MaxChunkBytes, cancellation);

    /// <summary>Writes one chunk, and notes what became of each letter.</summary>
    /// <param name="job">The replay; part of the token.</param>
    /// <param name="chunk">Number of the chunk; part of the token.</param>
    /// <param name="keys">Its letters.</param>
    /// <param name="cancellation">Ends it; the chunk may come again.</param>
    /// <returns>How it ended. <see cref="SinkOutcomeKind.Refused"/>: nothing is stored, and the chunk has to be made smaller.</returns>
    public async ValueTask<ReplayedChunk> WriteAsync(string job, int chunk, IReadOnlyList<LetterKey> keys, CancellationToken cancellation)
    {
        var (outcome, found) = await _table.ReadAsync(keys, cancellation);
        if (outcome.Kind is not SinkOutcomeKind.Done) return new ReplayedChunk(outcome, 0, 0);
        // What is noted is stored: the notes of a chunk are one insert, after its rows. Whatever else has happened to a letter meanwhile
        // takes it out of the chunk.
        var meant = keys.ToDictionary(key => (key.Partition, key.Offset), key => key.Version);
        var noted = found.Where(l => l.Version > meant[PlaceOf(l)] && l.Replay == job).ToList();
        if (noted.Count > 0)
            return new ReplayedChunk(
                outcome, noted.Count(l => l.Status is DeadLetterStatus.Replayed), noted.Count(l => l.Status is DeadLetterStatus.Rejected));
        var letters = found.Where(l => l.Version == meant[PlaceOf(l)]).ToList();
        if (letters.Count == 0 && found.Any(l => l.Status is DeadLetterStatus.Rejected)) return ReplayedChunk.Retake;
        // Of letters that have rows in some of their tables already, those with the same ones go together.
        if (letters.Select(l => l.Letter.StoredRoutes).Distinct().Count() > 1)
            return new ReplayedChunk(SinkOutcome.Refused("the letters have rows in different tables already"), 0, 0);
        var rejected = new Dictionary<(int, long), DeadLetter>();
        _builder.Stop = cancellation;
        using (var block = Decode(letters, $"{_plan.Options.Id}:replay:{job}:{chunk}", rejected))
        {
            if (!block.IsEmpty) outcome = await _sink.WriteAsync(block, cancellation);
        }

        if (outcome.Kind is SinkOutcomeKind.Refused && letters is [var single])
        {
            letters = [With(single, outcome.Stored)];
            rejected[PlaceOf(single)] = letters[0].Letter with { Reason = outcome.Error!, Column = "", Path = "", Value = "" };
            outcome = SinkOutcome.Done;
        }
        else if (outcome is { Kind: SinkOutcomeKind.Refused, Stored: { } stored })
        {
            // One table has its rows and another refuses its own. That is noted before the letters go in smaller chunks, under other
            // tokens.
            outcome = await _table.UpdateAsync([.. letters.Select(l => With(l, stored) with { Version = l.Version + 1 })], cancellation);
            return outcome.Kind is SinkOutcomeKind.Done ? ReplayedChunk.Retake : new ReplayedChunk(outcome, 0, 0);
        }

        if (outcome.Kind is not SinkOutcomeKind.Done) return new ReplayedChunk(outcome, 0, 0);
        outcome = letters.Count == 0
            ? outcome
            : await _table.UpdateAsync([.. letters.Select(letter => After(letter, job, rejected))], cancellation);
        return new ReplayedChunk(outcome, letters.Count - rejected.Count, rejected.Count);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _builder.Dispose();
        _pool.Dispose();
        await _sink.DisposeAsync();
        await _table.DisposeAsync();
    }

    private static StoredLetter With(StoredLetter letter, string? stored) =>
        letter with { Letter = letter.Letter with { StoredRoutes = StoredRoutes.Join(letter.Letter.StoredRoutes, stored) ?? "" } };

    private static (int Partition, long Offset) PlaceOf(StoredLetter letter) => (letter.Letter.Partition, letter.Letter.Offset);

    private SealedBlock Decode(IReadOnlyList<StoredLetter> letters, string token, Dictionary<(int, long), DeadLetter> rejected)
    {
        var open = new OpenBlock(partition: 0, nextOffset: 0);
        foreach (var (letter, place) in letters.Select(l => (l.Letter, PlaceOf(l))))
        {
            if (letter.IsCut)
            {
                rejected[place] = letter with
                {
                    Reason = $"only {letter.Payload.Length} of the message's {letter.PayloadBytes} bytes were kept (errors.deadLetters.maxPayload): store it by a replay of its offset from Kafka (rewind --replay)",
                };
                continue;
            }

            var message = new Message
            {
                Value = letter.Payload,
                Key = letter.Key.Length == 0 ? default : letter.Key,
                Topic = System.Text.Encoding.UTF8.GetBytes(_plan.Topic),
                Partition = letter.Partition,
                Offset = letter.Offset,
                TimestampMilliseconds = letter.TimestampMilliseconds,
                Headers = LetterHeaders.Pack(letter.Headers).Headers,
            };
            _builder.TryAdd(open, in message, now: 0);
        }

        foreach (var again in open.DeadLetters) rejected[(again.Partition, again.Offset)] = again;
        var stored = letters.Count > 0 && letters[0].Letter.StoredRoutes.Length > 0 ? letters[0].Letter.StoredRoutes : null;
        return _builder.Seal(open, new Intent(new BlockRange(0, 0, 0), Generation: 0, _plan.Version, Stored: stored), token);
    }

    private StoredLetter After(StoredLetter letter, string job, Dictionary<(int, long), DeadLetter> rejected)
    {
        var failed = rejected.GetValueOrDefault(PlaceOf(letter));
        return letter with
        {
            Letter = failed is null
                ? letter.Letter
                : letter.Letter with { Reason = failed.Reason, Column = failed.Column, Path = failed.Path, Value = failed.Value },
            Status = failed is null ? DeadLetterStatus.Replayed : DeadLetterStatus.Rejected,
            Version = letter.Version + 1,
            UpdatedAt = _time.GetUtcNow(),
            Attempts = letter.Attempts + 1,
            Replay = job,
            PipelineVersion = failed is null ? letter.PipelineVersion : _plan.Version,
        };
    }
}
