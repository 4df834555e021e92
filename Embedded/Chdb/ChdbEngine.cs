using System.Globalization;
using System.Text;

namespace ClickSink.Embedded.Chdb;

/// <summary>The engine of this process over one data folder. chDB allows one at a time, and one connection keeps it alive.</summary>
internal sealed unsafe class ChdbEngine
{
    private static readonly Lock OpenLock = new();
    private static bool s_isOpen;

    private readonly ChdbLibrary _library;
    private readonly Lock _gate = new();
    private readonly NativeTexts _arguments;
    private readonly int _argumentCount;
    private nint* _anchor;
    private int _connections;

    private ChdbEngine(ChdbLibrary library, IReadOnlyList<string> arguments, string dataPath)
    {
        _library = library;
        _arguments = new NativeTexts(arguments);
        _argumentCount = arguments.Count;
        _anchor = ConnectFirst(dataPath);

        using var connection = Connect();
        Version = AskOne(connection, "SELECT version()");
        TimeZone = AskOne(connection, "SELECT serverTimezone()");
        HostName = AskOne(connection, "SELECT hostName()");
    }

    /// <summary>ClickHouse's version, such as 26.5.1.1.</summary>
    public string Version { get; }

    public string TimeZone { get; }

    public string HostName { get; }

    /// <summary>Starts the engine over <paramref name="folder"/>.</summary>
    public static ChdbEngine Open(string libraryPath, DataFolder folder, long maxMemoryBytes)
    {
        lock (OpenLock)
        {
            if (s_isOpen)
            {
                throw new EmbeddedClickHouseException(
                    "This process already runs an embedded ClickHouse: chDB allows one at a time. Stop it first, or start another process.");
            }
            var engine = new ChdbEngine(ChdbLibrary.Load(libraryPath), Arguments(folder.Path, maxMemoryBytes), folder.Path);
            s_isOpen = true;
            return engine;
        }
    }

    /// <summary>A result that says why a query failed outside of the engine.</summary>
    public EngineResult Failed(QueryFault fault) => new(_library, fault);

    /// <summary>A new session.</summary>
    public EngineConnection Connect()
    {
        lock (_gate)
        {
            // Without the anchor a connect would start the engine anew.
            ObjectDisposedException.ThrowIf(_anchor == null, this);
            var connection = _library.Connect(_argumentCount, _arguments.Pointers);
            if (connection == null || *connection == 0)
                throw new InvalidOperationException("chDB refused a further connection.");
            _connections++;
            return new EngineConnection(_library, connection, this);
        }
    }

    /// <summary>Told by a connection that it is closed.</summary>
    internal void OnClosed()
    {
        lock (_gate)
            _connections--;
    }

    /// <summary>Asks the engine to cancel the query that runs with this log_comment.</summary>
    public void Cancel(string logComment)
    {
        using var connection = Connect();
        // Not SYNC: a cancelled query stays in the list until its connection runs another or closes, so waiting for it would not end.
        _ = connection.Run($"KILL QUERY WHERE Settings['log_comment'] = {SqlText.Quote(logComment)} ASYNC");
    }

    /// <summary>Closes the engine. While connections are open it returns false and does nothing: closing under them ends the process.</summary>
    public bool TryClose()
    {
        lock (OpenLock)
        lock (_gate)
        {
            if (_connections > 0)
                return false;
            if (_anchor == null)
                return true;
            _library.Close(_anchor);
            _anchor = null;
            _arguments.Dispose();
            s_isOpen = false;
            return true;
        }
    }

    private static List<string> Arguments(string path, long maxMemoryBytes)
    {
        List<string> arguments =
        [
            "clickhouse",
            $"--path={path}",
            // Without a default database of its own the engine takes the one that DataFolder laid out.
            "--default_database=",
            "--database=default",
            // The caches are upper bounds; ClickHouse's own (5 GiB each) are for a machine that does nothing else.
            "--mark_cache_size=67108864",
            "--primary_index_cache_size=67108864",
            "--index_mark_cache_size=16777216",
            "--compiled_expression_cache_size=16777216",
        ];
        arguments.Add(maxMemoryBytes > 0
            ? string.Create(CultureInfo.InvariantCulture, $"--max_server_memory_usage={maxMemoryBytes}")
            : "--max_server_memory_usage_to_ram_ratio=0.5");
        return arguments;
    }

    private nint* ConnectFirst(string path)
    {
        // Only the connect that starts the engine touches the handlers (chDB 26.5).
        var handlers = SignalHandlers.Save();
        var connection = _library.Connect(_argumentCount, _arguments.Pointers);
        SignalHandlers.Restore(handlers);
        return connection != null && *connection != 0
            ? connection
            : throw new EmbeddedClickHouseException(
                $"The engine did not start over {path}; it prints the reason on standard error. " +
                "If the data there is of a newer version or damaged, choose another DataPath or move that folder away.");
    }

    private static string AskOne(EngineConnection connection, string query)
    {
        var result = connection.Run(Encoding.UTF8.GetBytes(query), "TabSeparatedRaw", []);
        try
        {
            return result.Fault is null
                ? Encoding.UTF8.GetString(result.GetSpan()).TrimEnd('\n')
                : throw new EmbeddedClickHouseException($"The engine started, but '{query}' failed: {result.Fault.Message}");
        }
        finally
        {
            result.Free();
        }
    }
}
