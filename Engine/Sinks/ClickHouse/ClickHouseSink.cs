using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ClickSink.Engine.Delivery;
using ClickSink.Engine.Pipelines;
using ClickSink.Engine.Sinks.ClickHouse.Encoding;
using Microsoft.Extensions.Logging;

namespace ClickSink.Engine.Sinks.ClickHouse;

/// <summary>
/// Step 6 of a record's path for ClickHouse: one block, one insert of one Native block, one deduplication token. Tested with clickhouse-server 18.16 and with
/// the engine of 26.5.
/// </summary>
internal sealed partial class ClickHouseSink : ISink
{
    private static readonly string[] WindowSettings = ["non_replicated_deduplication_window", "replicated_deduplication_window"];

    private readonly SinkContext _context;
    private readonly ClickHouseSinkOptions _options;
    private readonly ILogger _logger;
    private readonly ClickHouseClient _client;
    private readonly string _table;
    private readonly string _deadLetterTable;
    private readonly string _insert;
    private readonly bool _gzip;
    private InsertSettings? _settings;
    private bool _wasOpen;

    public ClickHouseSink(SinkContext context)
    {
        _context = context;
        _logger = context.Logger;
        _options = (ClickHouseSinkOptions)context.Options.Options!;
        _client = new ClickHouseClient(_options);
        _table = ClickHouseTableDdl.Name(_options.Database, _options.Table);
        _deadLetterTable = ClickHouseTableDdl.Name(_options.Database, _options.DeadLetterTable ?? $"{_options.Table}_dead_letters");
        _insert = $"INSERT INTO {_table} ({string.Join(", ", context.Mapping.Columns.Select(c => ClickHouseText.Identifier(c.Name)))}) FORMAT Native";
        _gzip = _options.Compression is ClickHouseCompression.Gzip || (_options.Compression is ClickHouseCompression.Auto && !new Uri(_options.Url).IsLoopback);
    }

    public string Name => _context.Options.Name;

    public Guarantee Guarantee { get; private set; } = new(GuaranteeLevel.AtLeastOnce, "the sink is not open yet");

    public async ValueTask<SinkOutcome> OpenAsync(CancellationToken cancellation)
    {
        // 1. What the server knows.
        var (outcome, known) = await LookUpAsync(
            $"SELECT name, '' FROM system.settings WHERE name IN ({List(InsertSettings.ToLookUp)}) FORMAT TabSeparated", "look up settings", cancellation);
        if (outcome.Kind is not SinkOutcomeKind.Done) return outcome;
        (outcome, var windows) = await LookUpAsync(
            $"SELECT name, value FROM system.merge_tree_settings WHERE name IN ({List(WindowSettings)}) FORMAT TabSeparated", "look up table settings", cancellation);
        if (outcome.Kind is not SinkOutcomeKind.Done) return outcome;
        var settings = InsertSettings.For(known.Keys.ToHashSet(StringComparer.Ordinal), _options.Settings);

        // 2. The tables. Only the first time: a table that vanishes later is an accident to be told, not to be hidden by an empty one.
        if (!_wasOpen)
        {
            outcome = await CreateTablesAsync(windows.ContainsKey(WindowSettings[0]), cancellation);
            if (outcome.Kind is not SinkOutcomeKind.Done) return outcome;
        }

        // 3. Whether they fit.
        outcome = await InspectAsync(windows, settings, cancellation);
        if (outcome.Kind is not SinkOutcomeKind.Done) return outcome;
        if (!_wasOpen) LogOpened(_context.PipelineId, Name, _table, Guarantee.Level, Guarantee.Reason ?? "every block is stored once");
        _settings = settings;
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

        var outcome = await WriteDeadLettersAsync(block, _settings!, cancellation);
        foreach (var part in block.Parts)
        {
            // One after the other: a part that is stored already is dropped under its token when the block comes again.
            if (outcome.Kind is not SinkOutcomeKind.Done) break;
            if (part.Rows.Rows > 0) outcome = await WritePartAsync(block.Range, part, cancellation);
        }

        if (outcome.Kind is SinkOutcomeKind.Blocked) _settings = null;
        return outcome;
    }

    private ValueTask<SinkOutcome> WritePartAsync(BlockRange range, BlockPart part, CancellationToken cancellation)
    {
        var target = $"insert of {part.Rows.Rows} rows ({range}) into {_table}";
        return _client.InsertAsync(_insert, new BlockContent(part.Rows, _gzip), _settings!.With(part.Token), target, cancellation);
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string List(IEnumerable<string> names) => string.Join(", ", names.Select(ClickHouseText.Literal));

    private async ValueTask<(SinkOutcome Outcome, Dictionary<string, string> Found)> LookUpAsync(string query, string target, CancellationToken cancellation)
    {
        var (outcome, text) = await _client.QueryAsync(query, target, cancellation);
        return outcome.Kind is SinkOutcomeKind.Done
            ? (outcome, ClickHouseText.ReadTabSeparated(text).ToDictionary(row => row[0], row => row[1], StringComparer.Ordinal))
            : (outcome, []);
    }

    private async ValueTask<SinkOutcome> CreateTablesAsync(bool hasWindow, CancellationToken cancellation)
    {
        if (_options.CreateTable is not null)
        {
            var created = await _client.ExecuteAsync(ClickHouseTableDdl.Create(_options, _context.Mapping, hasWindow), $"create {_table}", cancellation);
            if (created.Kind is not SinkOutcomeKind.Done) return created;
        }

        if (_context.Errors.Policy is not ErrorPolicy.DeadLetter) return SinkOutcome.Done;
        var ddl = ClickHouseTableDdl.CreateDeadLetters(_options.Database, _options.DeadLetterTable ?? $"{_options.Table}_dead_letters", hasWindow);
        return await _client.ExecuteAsync(ddl, $"create {_deadLetterTable}", cancellation);
    }

    private async ValueTask<SinkOutcome> InspectAsync(Dictionary<string, string> windows, InsertSettings settings, CancellationToken cancellation)
    {
        var database = ClickHouseText.Literal(_options.Database);
        var table = ClickHouseText.Literal(_options.Table);
        var (outcome, text) = await _client.QueryAsync(
            $"SELECT engine, create_table_query FROM system.tables WHERE database = {database} AND name = {table} FORMAT TabSeparated", $"look at {_table}", cancellation);
        if (outcome.Kind is not SinkOutcomeKind.Done) return outcome;
        if (ClickHouseText.ReadTabSeparated(text).FirstOrDefault() is not { } found)
            return SinkOutcome.Blocked($"table {_table} does not exist at {_options.Url}. To do: create it, correct the sink's table, or set createTable.");
        (outcome, var columns) = await LookUpAsync(
            $"SELECT name, type FROM system.columns WHERE database = {database} AND table = {table} FORMAT TabSeparated", $"look at the columns of {_table}", cancellation);
        if (outcome.Kind is not SinkOutcomeKind.Done) return outcome;
        var missing = _context.Mapping.Columns.Where(c => !columns.ContainsKey(c.Name)).ToList();
        if (missing.Count > 0)
        {
            var alter = string.Join(", ", missing.Select(c => $"ADD COLUMN {ClickHouseText.Identifier(c.Name)} {c.Type}"));
            return SinkOutcome.Blocked(
                $"table {_table} has no column {string.Join(", ", missing.Select(c => c.Name))}. To do: take it out of the mapping, or ALTER TABLE {_table} {alter}");
        }

        Guarantee = ClickHouseTarget.Judge(found[0], found[1], windows, settings.HasToken);
        return SinkOutcome.Done;
    }

    // Before the rows, and both before the checkpoint: an offset never moves past a rejected record that is not stored.
    private async ValueTask<SinkOutcome> WriteDeadLettersAsync(SealedBlock block, InsertSettings settings, CancellationToken cancellation)
    {
        if (block.DeadLetters.Count == 0) return SinkOutcome.Done;
        using var body = new ByteArrayContent(DeadLetterEncoder.Encode(_context.PipelineId, _context.Topic, block.DeadLetters, DateTimeOffset.UtcNow));
        var insert = $"INSERT INTO {_deadLetterTable} {DeadLetterEncoder.Columns} FORMAT RowBinary";
        var target = $"insert of {block.DeadLetters.Count} dead letters ({block.Range}) into {_deadLetterTable}";
        return await _client.InsertAsync(insert, body, settings.With(DeadLetterToken(block)), target, cancellation);
    }

    // The offsets are part of it: a later version of the mapping, which writes the range again under the same token, may reject other records of it.
    private static string DeadLetterToken(SealedBlock block)
    {
        var offsets = MemoryMarshal.AsBytes<long>(block.DeadLetters.Select(letter => letter.Offset).ToArray());
        return $"{block.Token}:dead:{Convert.ToHexStringLower(SHA256.HashData(offsets).AsSpan(0, 8))}";
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Pipeline {Pipeline}, sink {Sink} writes to {Table}: {Level} ({Reason})")]
    private partial void LogOpened(string pipeline, string sink, string table, GuaranteeLevel level, string reason);
}
