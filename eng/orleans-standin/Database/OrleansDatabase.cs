using System.Data.Common;
using Npgsql;
using Orleans.Runtime;

namespace Orleans.Standin.Database;

/// <summary>
/// The database behind membership, state and reminders. It is asked with the statements that the scripts of deploy/postgres put
/// into OrleansQuery, the same that the official providers use.
/// </summary>
internal sealed class OrleansDatabase
{
    private readonly SemaphoreSlim _loading = new(1);
    private Dictionary<string, string>? _queries;

    public OrleansDatabase(NpgsqlDataSource source) => Source = source;

    public NpgsqlDataSource Source { get; }

    /// <summary>Opens what a provider's options name.</summary>
    /// <param name="options">The name of the options, for errors.</param>
    /// <param name="invariant">The ADO.NET provider.</param>
    /// <param name="connectionString">How to reach the database.</param>
    /// <param name="source">The database, in its place.</param>
    /// <exception cref="OrleansConfigurationException">They cannot work.</exception>
    public static OrleansDatabase Open(string options, string? invariant, string? connectionString, DbDataSource? source)
    {
        if (source is not null)
        {
            return new OrleansDatabase(source as NpgsqlDataSource
                ?? throw new OrleansConfigurationException($"{options}.DataSource is {source.GetType()}: NpgsqlDataSource is expected."));
        }

        if (invariant != "Npgsql")
            throw new OrleansConfigurationException($"{options}.Invariant is \"{invariant}\": this build knows \"Npgsql\" only.");
        if (string.IsNullOrWhiteSpace(connectionString))
            throw new OrleansConfigurationException($"{options}.ConnectionString is empty: it must name the database.");
        return new OrleansDatabase(NpgsqlDataSource.Create(connectionString));
    }

    /// <summary>Runs a statement of OrleansQuery and reads its rows.</summary>
    public async Task<List<T>> ReadAsync<T>(
        string key, Func<DbDataReader, T> read, IEnumerable<(string Name, object? Value)> parameters, CancellationToken cancellation = default)
    {
        await using var command = await CommandAsync(key, parameters, cancellation);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellation))
            rows.Add(read(reader));
        return rows;
    }

    /// <summary>Runs a statement of OrleansQuery.</summary>
    public async Task ExecuteAsync(string key, params (string Name, object? Value)[] parameters)
    {
        await using var command = await CommandAsync(key, parameters, CancellationToken.None);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<NpgsqlCommand> CommandAsync(
        string key, IEnumerable<(string Name, object? Value)> parameters, CancellationToken cancellation)
    {
        var queries = _queries ?? await LoadAsync(cancellation);
        var command = Source.CreateCommand(queries.GetValueOrDefault(key)
            ?? throw new OrleansConfigurationException($"OrleansQuery has no \"{key}\": run the scripts of deploy/postgres on this database."));
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        return command;
    }

    private async Task<Dictionary<string, string>> LoadAsync(CancellationToken cancellation)
    {
        await _loading.WaitAsync(cancellation);
        try
        {
            if (_queries is not null)
                return _queries;

            await using var command = Source.CreateCommand("SELECT QueryKey, QueryText FROM OrleansQuery");
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            var queries = new Dictionary<string, string>();
            while (await reader.ReadAsync(cancellation))
                queries[reader.GetString(0)] = reader.GetString(1);
            return _queries = queries;
        }
        catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            throw new OrleansConfigurationException("The database has no table OrleansQuery: run the scripts of deploy/postgres on it.", missing);
        }
        finally
        {
            _loading.Release();
        }
    }
}
