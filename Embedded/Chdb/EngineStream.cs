namespace ClickSink.Embedded.Chdb;

/// <summary>A running query whose result comes in chunks, each formatted on its own.</summary>
internal sealed unsafe class EngineStream : IDisposable
{
    // Before it has run anything: so that the same query can be run whole instead.
    private const string NotSupported = "Streaming query is not supported";

    private readonly ChdbLibrary _library;
    private readonly nint _connection;
    private nint _stream;
    private bool _ended;

    internal EngineStream(ChdbLibrary library, nint connection, nint stream)
    {
        _library = library;
        _connection = connection;
        _stream = stream;
        if (stream == 0)
            Fault = new QueryFault(1001, "STD_EXCEPTION", "The engine gave no stream.");
        else if (_library.Error(stream) is var error && error != null)
            Fault = QueryFault.FromEngine(new string((sbyte*)error));
        _ended = Fault is not null;
    }

    /// <summary>Why the query did not start; null when it runs.</summary>
    public QueryFault? Fault { get; }

    /// <summary>The engine streams only SELECT; it says so before it has done anything.</summary>
    public bool IsUnsupported => Fault is { Code: 36 } && Fault.Message.StartsWith(NotSupported, StringComparison.Ordinal);

    /// <summary>The next chunk, or a failed result, or null at the end.</summary>
    public EngineResult? Next()
    {
        if (_ended)
            return null;
        var chunk = new EngineResult(_library, _library.Fetch(_connection, _stream));
        if (chunk.Fault is not null)
        {
            _ended = true;
            return chunk;
        }
        if (chunk.Bytes > 0)
            return chunk;
        _ended = true;
        chunk.Free();
        return null;
    }

    public void Dispose()
    {
        if (_stream == 0)
            return;
        if (!_ended)
            _library.CancelStream(_connection, _stream);
        _library.Destroy(_stream);
        _stream = 0;
    }
}
