namespace ClickSink.Embedded;

/// <summary>What the embedded ClickHouse server is told at start. Validated as a whole before anything runs.</summary>
public sealed record EmbeddedClickHouseOptions
{
    /// <summary>The folder that holds all data; made when it is not there. One process at a time may have it open.</summary>
    public required string DataPath { get; init; }

    /// <summary>
    /// The address to listen on. Only loopback addresses are accepted: whoever may query this server may read and write files as its
    /// user. Default 127.0.0.1.
    /// </summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>The HTTP port; 0 takes a free one, which <see cref="EmbeddedClickHouseServer.Port"/> then tells. Default 8123.</summary>
    public int Port { get; init; } = 8123;

    /// <summary>The only user. Default <c>default</c>.</summary>
    public string User { get; init; } = "default";

    /// <summary>That user's password. Default: none.</summary>
    public Secret Password { get; init; } = Secret.Empty;

    /// <summary>
    /// Where libchdb.so is. Default: the environment variable CLICKSINK_CHDB_LIBRARY, then
    /// <c>node_modules/@chdb/lib-linux-x64-gnu/libchdb.so</c> in and above the working folder and the program's folder, then the system's library folders.
    /// </summary>
    public string? LibraryPath { get; init; }

    /// <summary>How many queries run at once. Each has a thread of its own and may use more inside the engine. Default 16.</summary>
    public int MaxConcurrentQueries { get; init; } = 16;

    /// <summary>How many more may wait; further ones get ClickHouse's error 202. Default 256.</summary>
    public int MaxQueuedQueries { get; init; } = 256;

    /// <summary>Upper bound of the engine's memory, in bytes (<c>max_server_memory_usage</c>); 0 is half of the machine's. Default 0.</summary>
    public long MaxMemoryBytes { get; init; }

    /// <summary>
    /// The folder for request bodies and buffered results. Default: a folder inside <see cref="DataPath"/>. A memory-backed folder
    /// such as /dev/shm saves the disk, but whatever is being inserted then counts twice in memory.
    /// </summary>
    public string? SpoolPath { get; init; }

    /// <summary>How long a stop waits for running queries before it cancels them. Default 10 s.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
