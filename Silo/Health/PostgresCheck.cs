using ClickSink.Silo.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace ClickSink.Silo.Health;

/// <summary>Asks PostgreSQL: grains that are in memory answer without it, but no progress can be stored.</summary>
internal sealed class PostgresCheck : IHealthCheck, IAsyncDisposable
{
    private readonly NpgsqlDataSource _database;

    public PostgresCheck(SiloHostOptions options)
    {
        // One connection of its own: under load the pool of the providers may be used up, which is no fault of PostgreSQL.
        var settings = new NpgsqlConnectionStringBuilder(options.Postgres) { MaxPoolSize = 1, Timeout = 3, CommandTimeout = 3, ApplicationName = "clicksink-health" };
        _database = NpgsqlDataSource.Create(settings);
    }

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var command = _database.CreateCommand("SELECT 1");
            await command.ExecuteScalarAsync(cancellationToken);
            return HealthCheckResult.Healthy("answers");
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            return HealthCheckResult.Unhealthy($"PostgreSQL does not answer: {e.Message}");
        }
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
