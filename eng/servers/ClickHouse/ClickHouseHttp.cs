namespace ClickSink.Servers.ClickHouse;

/// <summary>ClickHouse's HTTP interface, for readiness and for the set-up and checks of tests.</summary>
public sealed class ClickHouseHttp
{
    // One for all: its connections are closed with the program. No proxy can be of use on loopback.
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(2) })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    internal ClickHouseHttp(int port) => Endpoint = new($"http://127.0.0.1:{port}/");

    /// <summary>The base address.</summary>
    public Uri Endpoint { get; }

    /// <summary>Runs one statement.</summary>
    /// <param name="statement">The statement, with a FORMAT where it asks for data.</param>
    /// <param name="database">The database. Default: <c>default</c>.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The answer without the line end at its end.</returns>
    /// <exception cref="ServerException">The server refused it; the message is the server's.</exception>
    public async Task<string> QueryAsync(string statement, string? database = null, CancellationToken cancellationToken = default)
    {
        var address = database is null ? Endpoint : new Uri(Endpoint, $"?database={Uri.EscapeDataString(database)}");
        using var answer = await Http.PostAsync(address, new StringContent(statement), cancellationToken);
        var text = (await answer.Content.ReadAsStringAsync(cancellationToken)).TrimEnd('\n');
        return answer.IsSuccessStatusCode
            ? text
            : throw new ServerException($"ClickHouse at {Endpoint} answered {(int)answer.StatusCode} to `{statement}`: {text}");
    }

    internal async Task PingAsync(CancellationToken cancellationToken)
    {
        using var answer = await Http.GetAsync(new Uri(Endpoint, "ping"), cancellationToken);
        answer.EnsureSuccessStatusCode();
    }
}
