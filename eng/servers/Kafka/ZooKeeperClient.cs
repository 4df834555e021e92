namespace ClickSink.Servers.Kafka;

/// <summary>
/// A session with ZooKeeper 3.4 for a handful of nodes. Kafka 0.9 keeps its topics there and has no request that creates one; its own command
/// does just these writes, after more than a second of starting Java.
/// </summary>
internal sealed class ZooKeeperClient : IAsyncDisposable
{
    private const int NoNode = -101;
    private const int NodeExists = -110;
    private const int AnyVersion = -1;

    private readonly FramedConnection _connection;
    private int _lastId;

    private ZooKeeperClient(FramedConnection connection) => _connection = connection;

    private enum Operation
    {
        Create = 1,
        Delete = 2,
        Exists = 3,
        GetData = 4,
        SetData = 5,
        Close = -11,
    }

    /// <summary>Opens a session.</summary>
    public static async Task<ZooKeeperClient> OpenAsync(int port, CancellationToken cancellationToken)
    {
        var connection = await FramedConnection.OpenAsync(port, cancellationToken);
        try
        {
            // Protocol version, last transaction seen, session time-out in ms, no earlier session, its empty password, not read-only.
            var connect = new BigEndianWriter().Int32(0).Int64(0).Int32(10_000).Int64(0).Buffer(new byte[16]).Byte(0);
            await connection.ExchangeAsync(connect.ToFrame(), cancellationToken);
            return new(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Creates a lasting node that everybody may change.</summary>
    /// <returns>False when it exists already.</returns>
    public async Task<bool> CreateAsync(string path, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        const int AllRights = 31;
        const int Lasting = 0;
        var request = Begin(Operation.Create, path).Buffer(data.Span)
            .Int32(1).Int32(AllRights).LongString("world").LongString("anyone")
            .Int32(Lasting);
        return (await SendAsync(request, path, NodeExists, cancellationToken)).Error == 0;
    }

    /// <summary>Deletes a node, if it is there.</summary>
    public Task DeleteAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(Begin(Operation.Delete, path).Int32(AnyVersion), path, NoNode, cancellationToken);

    /// <summary>True when the node is there.</summary>
    public async Task<bool> ExistsAsync(string path, CancellationToken cancellationToken) =>
        (await SendAsync(Begin(Operation.Exists, path).Byte(0), path, NoNode, cancellationToken)).Error == 0;

    /// <summary>The content of a node; null when it is not there.</summary>
    public async Task<byte[]?> GetAsync(string path, CancellationToken cancellationToken)
    {
        var (error, answer) = await SendAsync(Begin(Operation.GetData, path).Byte(0), path, NoNode, cancellationToken);
        return error == 0 ? new BigEndianReader(answer.Span).Buffer().ToArray() : null;
    }

    /// <summary>Replaces the content of a node, whatever it was.</summary>
    public Task SetAsync(string path, ReadOnlyMemory<byte> data, CancellationToken cancellationToken) =>
        SendAsync(Begin(Operation.SetData, path).Buffer(data.Span).Int32(AnyVersion), path, 0, cancellationToken);

    /// <summary>Ends the session, so that the server need not wait for it to time out.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            await SendAsync(new BigEndianWriter().Int32(++_lastId).Int32((int)Operation.Close), "/", 0, patience.Token);
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException)
        {
            // The server went away first, and the session with it.
        }

        _connection.Dispose();
    }

    private BigEndianWriter Begin(Operation operation, string path) =>
        new BigEndianWriter().Int32(++_lastId).Int32((int)operation).LongString(path);

    private async Task<(int Error, ReadOnlyMemory<byte> Answer)> SendAsync(BigEndianWriter request, string path, int expectedError, CancellationToken cancellationToken)
    {
        const int HeaderBytes = 16;
        var frame = await _connection.ExchangeAsync(request.ToFrame(), cancellationToken);
        var header = new BigEndianReader(frame);
        header.Int32();
        header.Int64();
        var error = header.Int32();
        return error == 0 || error == expectedError
            ? (error, frame.AsMemory(Math.Min(HeaderBytes, frame.Length)))
            : throw new ServerException($"ZooKeeper answered error {error} for {path}; its log says more.");
    }
}
