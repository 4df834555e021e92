using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace ClickSink.Servers.Postgres;

/// <summary>
/// Databases with the schema of <c>deploy/postgres</c>. The scripts run once, in a template; a database is a copy of it, which
/// takes a fraction of the time.
/// </summary>
internal sealed class PostgresSchema
{
    private const string TemplatePrefix = "clicksink_template_";

    private readonly PostgresServer _server;
    private readonly SemaphoreSlim _turn = new(1, 1);

    public PostgresSchema(PostgresServer server) => _server = server;

    private static string ScriptsFolder => Path.Combine(Checkout.Root, "deploy", "postgres");

    public async Task CreateDatabaseAsync(string name, CancellationToken cancellationToken)
    {
        // A template can be copied by one at a time.
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var template = await EnsureTemplateAsync(cancellationToken);
            await ExecuteAsync("postgres", $"CREATE DATABASE {Quote(name)} TEMPLATE {Quote(template)}", cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    public async Task EnsureDatabaseAsync(string name, CancellationToken cancellationToken)
    {
        if (!await ExistsAsync(name, cancellationToken))
            await CreateDatabaseAsync(name, cancellationToken);
        else
            await ApplyAsync(name, ReadScripts(), cancellationToken);
    }

    public Task DropDatabaseAsync(string name, CancellationToken cancellationToken) =>
        ExecuteAsync("postgres", $"DROP DATABASE IF EXISTS {Quote(name)} WITH (FORCE)", cancellationToken);

    private async Task<string> EnsureTemplateAsync(CancellationToken cancellationToken)
    {
        var scripts = ReadScripts();
        var content = Encoding.UTF8.GetBytes(string.Join('\0', scripts.Select(script => script.Sql)));
        var template = TemplatePrefix + Convert.ToHexStringLower(SHA256.HashData(content))[..16];
        if (await ExistsAsync(template, cancellationToken))
            return template;
        // Made under another name first, so that a template is complete or absent.
        var draft = template + "_new";
        await DropDatabaseAsync(draft, cancellationToken);
        await ExecuteAsync("postgres", $"CREATE DATABASE {Quote(draft)}", cancellationToken);
        await ApplyAsync(draft, scripts, cancellationToken);
        await ExecuteAsync("postgres", $"ALTER DATABASE {Quote(draft)} RENAME TO {Quote(template)}", cancellationToken);
        return template;
    }

    private async Task ApplyAsync(string database, IEnumerable<(string Path, string Sql)> scripts, CancellationToken cancellationToken)
    {
        foreach (var (path, sql) in scripts)
        {
            try
            {
                await ExecuteAsync(database, sql, cancellationToken);
            }
            catch (PostgresException fault)
            {
                var line = fault.Position > 0 ? sql.AsSpan(0, Math.Min(fault.Position, sql.Length)).Count('\n') + 1 : 0;
                throw new ServerException($"{path}{(line > 0 ? $", line {line} or below" : "")}: {fault.MessageText} (SQLSTATE {fault.SqlState}), in database {database}.", fault);
            }
        }
    }

    private static (string Path, string Sql)[] ReadScripts() =>
        Directory.Exists(ScriptsFolder)
            ? [.. Directory.GetFiles(ScriptsFolder, "*.sql").Order(StringComparer.Ordinal).Select(path => (path, File.ReadAllText(path)))]
            : [];

    private async Task<bool> ExistsAsync(string name, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync("postgres", cancellationToken);
        await using var command = new NpgsqlCommand("SELECT 1 FROM pg_database WHERE datname = $1", connection) { Parameters = { new() { Value = name } } };
        return await command.ExecuteScalarAsync(cancellationToken) is not null;
    }

    private async Task ExecuteAsync(string database, string sql, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(database, cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    // Without a pool: an idle connection would keep the template from being copied and outlive a restart of the server.
    private async Task<NpgsqlConnection> OpenAsync(string database, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(_server.ConnectionString(database) + ";Pooling=false");
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    private static string Quote(string identifier) => $"\"{identifier.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
