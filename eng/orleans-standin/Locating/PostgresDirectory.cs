using Microsoft.Extensions.Options;
using Npgsql;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Standin.Database;

namespace Orleans.Standin.Locating;

/// <summary>The directory as a table: PostgreSQL's primary key lets one activation of a grain win.</summary>
internal sealed class PostgresDirectory : IGrainDirectory
{
    private const string FindSql = """
        SELECT SiloAddress, ActivationId FROM StandinDirectory WHERE ClusterId = @cluster AND GrainId = @grain
        """;

    private const string RegisterSql = """
        INSERT INTO StandinDirectory AS d (ClusterId, GrainId, SiloAddress, ActivationId)
        VALUES (@cluster, @grain, @silo, @activation)
        ON CONFLICT (ClusterId, GrainId) DO UPDATE
        SET SiloAddress = EXCLUDED.SiloAddress, ActivationId = EXCLUDED.ActivationId
        WHERE d.SiloAddress = @oldSilo AND d.ActivationId = @oldActivation
        RETURNING SiloAddress, ActivationId
        """;

    private const string UnregisterSql = """
        DELETE FROM StandinDirectory
        WHERE ClusterId = @cluster AND GrainId = @grain AND SiloAddress = @silo AND ActivationId = @activation
        """;

    private readonly OrleansDatabase _database;
    private readonly string _cluster;

    public PostgresDirectory(OrleansDatabase database, IOptions<ClusterOptions> cluster) =>
        (_database, _cluster) = (database, cluster.Value.ClusterId);

    public async Task<DirectoryEntry?> FindAsync(GrainId grain)
    {
        await using var command = Command(FindSql, grain);
        await using var reader = await command.ExecuteReaderAsync();
        return await reader.ReadAsync() ? Read(grain, reader) : null;
    }

    public async Task<DirectoryEntry> RegisterAsync(DirectoryEntry entry, DirectoryEntry? toReplace)
    {
        while (true)
        {
            await using var command = Command(RegisterSql, entry.Grain);
            AddActivation(command, entry);
            command.Parameters.AddWithValue("oldSilo", toReplace?.Silo.ToParsableString() ?? "");
            command.Parameters.AddWithValue("oldActivation", toReplace?.Activation ?? Guid.Empty);
            await using (var reader = await command.ExecuteReaderAsync())
            {
                if (await reader.ReadAsync())
                    return Read(entry.Grain, reader);
            }

            // No row was written, so another entry stands; unless it was removed just now.
            if (await FindAsync(entry.Grain) is { } standing)
                return standing;
        }
    }

    public async Task UnregisterAsync(DirectoryEntry entry)
    {
        await using var command = Command(UnregisterSql, entry.Grain);
        AddActivation(command, entry);
        await command.ExecuteNonQueryAsync();
    }

    private static DirectoryEntry Read(GrainId grain, NpgsqlDataReader reader) =>
        new(grain, SiloAddress.FromParsableString(reader.GetString(0)), reader.GetGuid(1));

    private static void AddActivation(NpgsqlCommand command, DirectoryEntry entry)
    {
        command.Parameters.AddWithValue("silo", entry.Silo.ToParsableString());
        command.Parameters.AddWithValue("activation", entry.Activation);
    }

    private NpgsqlCommand Command(string sql, GrainId grain)
    {
        var command = _database.Source.CreateCommand(sql);
        command.Parameters.AddWithValue("cluster", _cluster);
        command.Parameters.AddWithValue("grain", grain.ToString());
        return command;
    }
}
