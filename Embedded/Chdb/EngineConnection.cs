using System.Text;

namespace ClickSink.Embedded.Chdb;

/// <summary>One chDB connection: a session with its own settings and current database, which runs one query at a time.</summary>
/// <remarks>Not thread-safe. A connection is made for each request (0.3 ms): nothing that a query sets can reach the next one.</remarks>
internal sealed unsafe class EngineConnection : IDisposable
{
    private readonly ChdbLibrary _library;
    private readonly ChdbEngine _engine;
    private nint* _connection;

    internal EngineConnection(ChdbLibrary library, nint* connection, ChdbEngine engine)
    {
        _library = library;
        _connection = connection;
        _engine = engine;
    }

    /// <summary>Runs a query and keeps its whole result in memory.</summary>
    public EngineResult Run(ReadOnlySpan<byte> query, string format, IReadOnlyList<KeyValuePair<string, string>> parameters) =>
        new(_library, Call(_library.Query, query, format, parameters));

    /// <summary>Runs a statement that returns nothing.</summary>
    public QueryFault? Run(string statement)
    {
        var result = Run(Encoding.UTF8.GetBytes(statement), "Null", []);
        result.Free();
        return result.Fault;
    }

    /// <summary>Starts a query whose result is fetched chunk by chunk.</summary>
    public EngineStream OpenStream(ReadOnlySpan<byte> query, string format, IReadOnlyList<KeyValuePair<string, string>> parameters) =>
        new(_library, *_connection, Call(_library.OpenStream, query, format, parameters));

    public void Dispose()
    {
        if (_connection == null)
            return;
        _library.Close(_connection);
        _connection = null;
        _engine.OnClosed();
    }

    private nint Call(
        delegate* unmanaged[Cdecl]<nint, byte*, nuint, byte*, nuint, byte**, nuint*, byte**, nuint*, nuint, nint> function,
        ReadOnlySpan<byte> query, string format, IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        ObjectDisposedException.ThrowIf(_connection == null, this);
        var formatBytes = Encoding.UTF8.GetBytes(format);
        using var names = new NativeTexts(parameters.Select(p => p.Key).ToArray());
        using var values = new NativeTexts(parameters.Select(p => p.Value).ToArray());
        fixed (byte* queryText = query, formatText = formatBytes)
        {
            return function(
                *_connection, queryText, (nuint)query.Length, formatText, (nuint)formatBytes.Length,
                names.Pointers, names.Lengths, values.Pointers, values.Lengths, (nuint)parameters.Count);
        }
    }
}
