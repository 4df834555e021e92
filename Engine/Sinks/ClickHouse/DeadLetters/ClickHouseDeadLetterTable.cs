using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ClickSink.Engine.DeadLetters;
using ClickSink.Engine.Delivery;

namespace ClickSink.Engine.Sinks.ClickHouse.DeadLetters;

/// <summary>
/// A ClickHouse table of rejected records: written by the worker, read and resolved by whoever looks after them. Tested with server 18.16
/// and the engine of 26.5.
/// </summary>
internal sealed class ClickHouseDeadLetterTable : IDeadLetterWriter, IDeadLetterTable
{
    private readonly string _pipeline;
    private readonly string _topic;
    private readonly ClickHouseSinkOptions _options;
    private readonly string _table;
    private readonly ClickHouseClient _client;
    private readonly DeadLetterQueries _queries;
    private InsertSettings? _settings;
    private bool _isAbsent;
    private bool _hasWindow;

    /// <param name="context">What the sink beside it is made from; its options name the server.</param>
    /// <param name="table">The table, in the sink's database.</param>
    public ClickHouseDeadLetterTable(SinkContext context, string? table)
    {
        _options = (ClickHouseSinkOptions)context.Options.Options!;
        (_pipeline, _topic) = (context.PipelineId, context.Topic);
        _table = table ?? $"{_options.MainTable}_dead_letters";
        Name = ClickHouseTableDdl.Name(_options.Database, _table);
        _client = new ClickHouseClient(_options);
        _queries = new DeadLetterQueries(Name, _pipeline, _topic);
    }

    public string Name { get; }

    public async ValueTask<SinkOutcome> OpenAsync(CancellationToken cancellation)
    {
        var outcome = await LookAsync(cancellation);
        if (outcome.Kind is not SinkOutcomeKind.Done || !_isAbsent) return outcome;
        outcome = await _client.ExecuteAsync(DeadLetterDdl.Create(Name, _hasWindow), $"create {Name}", cancellation);
        if (outcome.Kind is SinkOutcomeKind.Done) _isAbsent = false;
        return outcome;
    }

    public ValueTask<SinkOutcome> WriteAsync(SealedBlock block, CancellationToken cancellation)
    {
        var now = DateTimeOffset.UtcNow;
        var letters = block.DeadLetters.Select(letter => new StoredLetter
        {
            Letter = letter,
            Version = StoredLetter.FirstVersion(block.Intent.Generation),
            RejectedAt = now,
            UpdatedAt = now,
            PipelineVersion = block.Intent.Version,
        });
        return InsertAsync([.. letters], Token(block), $"{block.Range}", cancellation);
    }

    public async ValueTask<(SinkOutcome Outcome, IReadOnlyList<StoredLetter> Letters)> ListAsync(
        DeadLetterFilter filter, (int Partition, long Offset)? after, int limit, int maxPayload, CancellationToken cancellation) =>
        await QueryAsync(_queries.List(filter, after, limit, maxPayload), DeadLetterRows.ReadLetter, cancellation);

    public async ValueTask<(SinkOutcome Outcome, IReadOnlyList<DeadLetterCount> Counts)> CountAsync(
        DeadLetterFilter filter, CancellationToken cancellation) =>
        await QueryAsync(_queries.Count(filter), DeadLetterRows.ReadCount, cancellation);

    public async ValueTask<(SinkOutcome Outcome, IReadOnlyList<LetterKey> Keys)> ListKeysAsync(
        DeadLetterFilter filter, (int Partition, long Offset)? after, int limit, long maxBytes, CancellationToken cancellation)
    {
        var (outcome, found) = await QueryAsync(_queries.Keys(filter, after, limit), DeadLetterRows.ReadKey, cancellation);
        var taken = 0;
        for (var bytes = 0L; taken < found.Count && (taken == 0 || bytes + found[taken].Bytes <= maxBytes); taken++) bytes += found[taken].Bytes;
        return (outcome, [.. found.Take(taken).Select(f => f.Key)]);
    }

    public async ValueTask<(SinkOutcome Outcome, IReadOnlyList<StoredLetter> Letters)> ReadAsync(
        IReadOnlyList<LetterKey> keys, CancellationToken cancellation) =>
        keys.Count == 0 ? (SinkOutcome.Done, []) : await QueryAsync(_queries.Read(keys), DeadLetterRows.ReadLetter, cancellation);

    // Without a token of its own: the same state stored twice is one, whoever counts.
    public ValueTask<SinkOutcome> UpdateAsync(IReadOnlyList<StoredLetter> letters, CancellationToken cancellation) =>
        InsertAsync(letters, null, "update", cancellation);

    public async ValueTask<(SinkOutcome Outcome, long Count)> DiscardAsync(DeadLetterFilter filter, CancellationToken cancellation)
    {
        // What is rejected from now on was not seen by whoever asks.
        var seen = filter with { Status = DeadLetterStatus.Rejected, Until = filter.Until ?? DateTimeOffset.UtcNow };
        var (outcome, counted) = await QueryAsync(
            _queries.CountAll(seen), row => long.Parse(row[1], System.Globalization.CultureInfo.InvariantCulture), cancellation);
        if (outcome.Kind is not SinkOutcomeKind.Done || counted.Count == 0 || counted[0] == 0) return (outcome, 0);
        return (await _client.ExecuteAsync(_queries.Discard(seen), $"discard dead letters in {Name}", cancellation), counted[0]);
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    // The offsets are part of it: a later version of the mapping, which writes the range again under the same token, may reject other
    // records of it.
    private static string Token(SealedBlock block)
    {
        var offsets = MemoryMarshal.AsBytes<long>(block.DeadLetters.Select(letter => letter.Offset).ToArray());
        return $"{block.Token}:dead:{Convert.ToHexStringLower(SHA256.HashData(offsets).AsSpan(0, 8))}";
    }

    // Whoever only asks makes no table.
    private async ValueTask<SinkOutcome> LookAsync(CancellationToken cancellation)
    {
        if (_settings is not null) return SinkOutcome.Done;
        var (outcome, facts) = await ServerFacts.ReadAsync(_client, _options, cancellation);
        if (outcome.Kind is SinkOutcomeKind.Done) outcome = await CompleteAsync(cancellation);
        if (outcome.Kind is SinkOutcomeKind.Done) (_settings, _hasWindow) = (facts!.Settings, facts.HasWindow);
        return outcome;
    }

    private async ValueTask<SinkOutcome> CompleteAsync(CancellationToken cancellation)
    {
        var query = $"SELECT name FROM system.columns WHERE database = {ClickHouseText.Literal(_options.Database)} AND table = {ClickHouseText.Literal(_table)} FORMAT TabSeparated";
        var (outcome, text) = await _client.QueryAsync(query, $"look at the columns of {Name}", cancellation);
        if (outcome.Kind is not SinkOutcomeKind.Done) return outcome;
        var present = ClickHouseText.ReadTabSeparated(text).Select(row => row[0]).ToHashSet(StringComparer.Ordinal);
        _isAbsent = present.Count == 0;
        if (_isAbsent) return SinkOutcome.Done;
        if (DeadLetterDdl.MissingFromFormer(present).FirstOrDefault() is { } foreign)
            return SinkOutcome.Blocked($"table {Name} is no table of dead letters: it has no column {foreign}. To do: name another one in errors.deadLetters.table.");
        if (DeadLetterDdl.Complete(Name, present) is not { } alter) return SinkOutcome.Done;
        outcome = await _client.ExecuteAsync(alter, $"add to {Name} what dead letters of this release have: {alter}", cancellation);
        // Another replica may have done it at the same time; the next look tells.
        return outcome.Kind is SinkOutcomeKind.Done ? outcome : SinkOutcome.Retry(outcome.Error!);
    }

    private async ValueTask<SinkOutcome> InsertAsync(
        IReadOnlyList<StoredLetter> letters, string? token, string what, CancellationToken cancellation)
    {
        // After a refusal the table may have been repaired in between: look again.
        if (await OpenAsync(cancellation) is { Kind: not SinkOutcomeKind.Done } closed) return closed;
        using var body = new ByteArrayContent(DeadLetterEncoder.Encode(_pipeline, _topic, letters));
        var insert = $"INSERT INTO {Name} {DeadLetterDdl.Columns} FORMAT RowBinary";
        var outcome = await _client.InsertAsync(
            insert, body, _settings!.With(token), $"insert of {letters.Count} dead letters ({what}) into {Name}", cancellation);
        if (outcome.Kind is SinkOutcomeKind.Blocked) _settings = null;
        return outcome;
    }

    private async ValueTask<(SinkOutcome Outcome, IReadOnlyList<T> Found)> QueryAsync<T>(
        string query, Func<string[], T> read, CancellationToken cancellation)
    {
        if (await LookAsync(cancellation) is { Kind: not SinkOutcomeKind.Done } closed) return (closed, []);
        if (_isAbsent) return (SinkOutcome.Done, []);
        var (outcome, text) = await _client.QueryAsync(query, $"look at the dead letters in {Name}", cancellation);
        return outcome.Kind is SinkOutcomeKind.Done ? (outcome, [.. ClickHouseText.ReadTabSeparated(text).Select(read)]) : (outcome, []);
    }
}
