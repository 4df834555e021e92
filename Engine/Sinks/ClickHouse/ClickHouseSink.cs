using System.Diagnostics;
using ClickSink.Engine.Delivery;
using ClickSink.Engine.Sinks.ClickHouse.Tables;
using Microsoft.Extensions.Logging;

namespace ClickSink.Engine.Sinks.ClickHouse;

/// <summary>
/// Step 6 of a record's path for ClickHouse: one block, one insert of one Native block, one deduplication token. Tested with clickhouse-server 18.16 and with
/// the engine of 26.5.
/// </summary>
internal sealed partial class ClickHouseSink : ISink
{
    private readonly SinkContext _context;
    private readonly ClickHouseSinkOptions _options;
    private readonly ILogger _logger;
    private readonly ClickHouseClient _client;
    private readonly IReadOnlyList<ClickHouseTablePlan> _tables;
    private readonly Dictionary<string, PartitionAdvisor> _advisors = new(StringComparer.Ordinal);
    private readonly bool _gzip;
    private InsertSettings? _settings;
    private string? _mayBeStored;
    private bool _wasOpen;

    public ClickHouseSink(SinkContext context)
    {
        _context = context;
        _logger = context.Logger;
        _options = (ClickHouseSinkOptions)context.Options.Options!;
        _client = new ClickHouseClient(_options);
        _tables = ClickHouseTablePlan.All(_options, context.Mapping);
        _gzip = _options.Compression is ClickHouseCompression.Gzip || (_options.Compression is ClickHouseCompression.Auto && !new Uri(_options.Url).IsLoopback);
    }

    public string Name => _context.Options.Name;

    public Guarantee Guarantee { get; private set; } = new(GuaranteeLevel.AtLeastOnce, "the sink is not open yet");

    public string? Advice => _advisors.Values.FirstOrDefault(advisor => advisor.Advice is not null)?.Advice;

    public async ValueTask<SinkOutcome> OpenAsync(CancellationToken cancellation)
    {
        // 1. What the server knows.
        var (outcome, facts) = await ServerFacts.ReadAsync(_client, _options, cancellation);
        if (outcome.Kind is not SinkOutcomeKind.Done) return outcome;

        // 2. The tables. Only the first time: a table that vanishes later is an accident to be told, not to be hidden by an empty one.
        if (!_wasOpen)
        {
            outcome = await CreateTablesAsync(facts!.HasWindow, cancellation);
            if (outcome.Kind is not SinkOutcomeKind.Done) return outcome;
        }

        // 3. Whether they fit.
        _mayBeStored = null;
        Guarantee weakest = new(GuaranteeLevel.ExactlyOnce, null);
        foreach (var table in _tables)
        {
            (outcome, var guarantee) = await InspectAsync(table, facts!, cancellation);
            if (outcome.Kind is not SinkOutcomeKind.Done) return outcome;
            if (guarantee!.Level < weakest.Level) weakest = guarantee with { Reason = _tables.Count > 1 ? $"{table.Name}: {guarantee.Reason}" : guarantee.Reason };
        }

        Guarantee = weakest;
        if (!_wasOpen) LogOpened(_context.PipelineId, Name, string.Join(", ", _tables.Select(t => t.Name)), Guarantee.Level, Guarantee.Reason ?? "every block is stored once");
        _settings = facts!.Settings;
        _wasOpen = true;
        return SinkOutcome.Done;
    }

    public async ValueTask<SinkOutcome> WriteAsync(SealedBlock block, CancellationToken cancellation)
    {
        if (_settings is null)
        {
            // After a refusal the world may have been repaired in between: look again.
            var opened = await OpenAsync(cancellation);
            if (opened.Kind is not SinkOutcomeKind.Done) return opened;
        }

        var outcome = SinkOutcome.Done;
        var stored = new List<string>();
        foreach (var part in block.Parts)
        {
            // One after the other: a part that is stored already is dropped under its token when the block comes again.
            if (part.Rows.Rows == 0) continue;
            var startedAt = Stopwatch.GetTimestamp();
            outcome = await WritePartAsync(block.Range, part, cancellation);
            if (outcome.Kind is not SinkOutcomeKind.Done) break;
            stored.Add(part.Route);
            await _advisors[part.Route].ObserveAsync(part.Rows.Rows, Stopwatch.GetElapsedTime(startedAt), cancellation);
        }

        if (outcome.Kind is SinkOutcomeKind.Refused) outcome = Judge(outcome.Error!, stored);
        if (outcome.Kind is SinkOutcomeKind.Blocked) _settings = null;
        return outcome;
    }

    private ValueTask<SinkOutcome> WritePartAsync(BlockRange range, BlockPart part, CancellationToken cancellation)
    {
        var table = _tables.First(t => t.Route == part.Route);
        var target = $"insert of {part.Rows.Rows} rows ({range}) into {table.Name}";
        return _client.InsertAsync(table.Insert, new BlockContent(table.Choose(part.Rows), _gzip), _settings!.With(part.Token), target, cancellation);
    }

    // A refusal says that nothing of the block is stored; where that is not certain, somebody has to look.
    private SinkOutcome Judge(string error, List<string> stored) => _mayBeStored is null
        ? SinkOutcome.Refused(error) with { Stored = StoredRoutes.Of(stored) }
        : SinkOutcome.Blocked($"{error} {_mayBeStored}, so the row to blame is not looked for.");

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private async ValueTask<(SinkOutcome Outcome, Dictionary<string, string> Found)> LookUpAsync(string query, string target, CancellationToken cancellation)
    {
        var (outcome, text) = await _client.QueryAsync(query, target, cancellation);
        return outcome.Kind is SinkOutcomeKind.Done
            ? (outcome, ClickHouseText.ReadTabSeparated(text).ToDictionary(row => row[0], row => row[1], StringComparer.Ordinal))
            : (outcome, []);
    }

    private async ValueTask<SinkOutcome> CreateTablesAsync(bool hasWindow, CancellationToken cancellation)
    {
        foreach (var table in _tables)
        {
            if (table.Create is null) continue;
            var ddl = ClickHouseTableDdl.Create(table.Name, table.Create, table.Columns, hasWindow);
            var created = await _client.ExecuteAsync(ddl, $"create {table.Name}", cancellation);
            if (created.Kind is not SinkOutcomeKind.Done) return created;
        }

        return SinkOutcome.Done;
    }

    private async ValueTask<(SinkOutcome Outcome, Guarantee? Guarantee)> InspectAsync(ClickHouseTablePlan target, ServerFacts facts, CancellationToken cancellation)
    {
        var database = ClickHouseText.Literal(_options.Database);
        var table = ClickHouseText.Literal(target.Table);
        var (outcome, text) = await _client.QueryAsync(
            $"SELECT engine, create_table_query, toString(dependencies_table), partition_key FROM system.tables WHERE database = {database} AND name = {table} FORMAT TabSeparated",
            $"look at {target.Name}",
            cancellation);
        if (outcome.Kind is not SinkOutcomeKind.Done) return (outcome, null);
        if (ClickHouseText.ReadTabSeparated(text).FirstOrDefault() is not { } found)
            return (SinkOutcome.Blocked($"table {target.Name} does not exist at {_options.Url}. To do: create it, correct the sink's table, or set createTable."), null);
        var lookUp = $"SELECT name, default_kind FROM system.columns WHERE database = {database} AND table = {table} FORMAT TabSeparated";
        (outcome, var columns) = await LookUpAsync(lookUp, $"look at the columns of {target.Name}", cancellation);
        if (outcome.Kind is SinkOutcomeKind.Done && AddedColumns.Statement(target.Columns, target.Name, columns) is { } alter)
        {
            var altered = await _client.ExecuteAsync(alter, $"add columns to {target.Name}", cancellation);
            (outcome, columns) = await LookUpAsync(lookUp, $"look at the columns of {target.Name}", cancellation);
            // Refused, and there all the same: another replica was quicker.
            if (outcome.Kind is SinkOutcomeKind.Done && AddedColumns.Statement(target.Columns, target.Name, columns) is not null) outcome = altered;
        }

        if (outcome.Kind is not SinkOutcomeKind.Done) return (outcome, null);
        if (SentColumns.FindFault(target.Columns, target.Name, columns) is { } fault) return (SinkOutcome.Blocked(fault), null);

        _mayBeStored ??= ClickHouseTarget.WhyRefusedMayBeStored(found[0], found[2]);
        _advisors.TryAdd(target.Route, new PartitionAdvisor(_client, _options.Database, target.Table, found[3]));
        return (SinkOutcome.Done, ClickHouseTarget.Judge(found[0], found[1], facts.Windows, facts.Settings.HasToken));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Pipeline {Pipeline}, sink {Sink} writes to {Table}: {Level} ({Reason})")]
    private partial void LogOpened(string pipeline, string sink, string table, GuaranteeLevel level, string reason);
}
