using System.Text.Json;
using ClickSink.Grains.Events;
using ClickSink.Grains.Interfaces.Events;
using ClickSink.Silo.Hosting;
using Npgsql;
using NpgsqlTypes;

namespace ClickSink.Silo.Events;

/// <summary>The table of events (deploy/postgres/40-clicksink.sql).</summary>
internal sealed class EventStore : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;
    private readonly string _service;

    public EventStore(SiloHostOptions options)
    {
        // A pool of its own: a page of events that takes long must not keep grain state waiting.
        _source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(options.Postgres) { MaxPoolSize = 4, ApplicationName = "clicksink events" });
        _service = options.ServiceId;
    }

    /// <summary>Stores a batch; what is stored already is left out.</summary>
    public async Task WriteAsync(IReadOnlyList<BufferedEvent> batch, CancellationToken cancellation)
    {
        await using var command = _source.CreateCommand(
            """
            INSERT INTO clicksink_events (event, service, at, pipeline, kind, slot, silo, by, detail)
            SELECT event, $1, at, pipeline, kind, slot, silo, by, detail
            FROM unnest($2, $3, $4, $5, $6, $7, $8, $9) WITH ORDINALITY AS t (event, at, pipeline, kind, slot, silo, by, detail, number)
            ORDER BY number
            ON CONFLICT (event) DO NOTHING
            """);
        var events = batch.Select(b => b.Event).ToList();
        command.Parameters.AddWithValue(_service);
        Add(command, NpgsqlDbType.Uuid, batch.Select(b => b.Key));
        Add(command, NpgsqlDbType.TimestampTz, events.Select(e => e.At.UtcDateTime));
        Add(command, NpgsqlDbType.Text, events.Select(e => e.Pipeline));
        Add(command, NpgsqlDbType.Text, events.Select(e => JsonNamingPolicy.CamelCase.ConvertName(e.Kind.ToString())));
        Add(command, NpgsqlDbType.Integer, events.Select(e => e.Slot));
        Add(command, NpgsqlDbType.Text, events.Select(e => Cut(e.Silo, 100)));
        Add(command, NpgsqlDbType.Text, events.Select(e => Cut(e.By, 200)));
        // PostgreSQL has no NUL in a text, and an error message may quote one.
        Add(command, NpgsqlDbType.Text, events.Select(e => e.Detail.Replace('\0', ' ')));
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Reads events, newest first.</summary>
    /// <param name="pipeline">Of this pipeline only; null for all.</param>
    /// <param name="before">Only those with a smaller number; null for the newest.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<EventPage> ReadAsync(string? pipeline, long? before, int limit, CancellationToken cancellation)
    {
        await using var command = _source.CreateCommand(
            $"""
            SELECT id, at, pipeline, kind, slot, silo, by, detail FROM clicksink_events
            WHERE service = $1 AND id < $2 {(pipeline is null ? "" : "AND pipeline = $4")} ORDER BY id DESC LIMIT $3
            """);
        command.Parameters.AddWithValue(_service);
        command.Parameters.AddWithValue(before ?? long.MaxValue);
        command.Parameters.AddWithValue(limit + 1);
        if (pipeline is not null) command.Parameters.AddWithValue(pipeline);
        var events = new List<PipelineEvent>();
        long last = 0;
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        for (var row = 0; await reader.ReadAsync(cancellation); row++)
        {
            // One more than asked for tells that there are more.
            if (row == limit) return new EventPage([.. events], last);
            last = reader.GetInt64(0);
            // During an upgrade a newer silo may have stored a kind that this one has no name for.
            if (Enum.TryParse<EventKind>(reader.GetString(3), ignoreCase: true, out var kind)) events.Add(Read(reader, kind));
        }

        return new EventPage([.. events], null);
    }

    /// <summary>Removes what is older.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> RemoveBeforeAsync(DateTimeOffset oldest, CancellationToken cancellation)
    {
        await using var command = _source.CreateCommand("DELETE FROM clicksink_events WHERE at < $1");
        command.Parameters.AddWithValue(oldest.UtcDateTime);
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private static PipelineEvent Read(NpgsqlDataReader row, EventKind kind) => new()
    {
        Id = row.GetInt64(0),
        At = row.GetFieldValue<DateTimeOffset>(1),
        Pipeline = row.GetString(2),
        Kind = kind,
        Slot = row.IsDBNull(4) ? null : row.GetInt32(4),
        Silo = row.IsDBNull(5) ? null : row.GetString(5),
        By = row.IsDBNull(6) ? null : row.GetString(6),
        Detail = row.GetString(7),
    };

    private static void Add<T>(NpgsqlCommand command, NpgsqlDbType type, IEnumerable<T> values) =>
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | type, Value = values.ToArray() });

    private static string? Cut(string? text, int length) => text?.Length > length ? text[..length] : text;
}
