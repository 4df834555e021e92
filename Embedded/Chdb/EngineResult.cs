using System.Buffers;

namespace ClickSink.Embedded.Chdb;

/// <summary>What one query, or one chunk of a stream, gave back; owns chDB's memory until it is disposed.</summary>
internal sealed unsafe class EngineResult : MemoryManager<byte>
{
    private readonly ChdbLibrary _library;
    private nint _handle;

    public EngineResult(ChdbLibrary library, nint handle)
    {
        _library = library;
        _handle = handle;
        if (handle == 0)
        {
            Fault = new QueryFault(1001, "STD_EXCEPTION", "The engine gave no result.");
            return;
        }
        if (_library.Error(handle) is var error && error != null)
        {
            Fault = QueryFault.FromEngine(new string((sbyte*)error));
            return;
        }
        // An empty result has a null buffer; the counters of a failed one are garbage (chDB 26.5), so they are not read.
        if (_library.Length(handle) > int.MaxValue)
        {
            Fault = Faults.ResultTooLarge;
            return;
        }
        Bytes = (int)_library.Length(handle);
        Counters = new QueryCounters(
            _library.StorageRowsRead(handle), _library.StorageBytesRead(handle), _library.RowsWritten(handle), _library.BytesWritten(handle),
            _library.ResultRows(handle));
    }

    /// <summary>A query that failed outside of the engine.</summary>
    public EngineResult(ChdbLibrary library, QueryFault fault)
    {
        _library = library;
        Fault = fault;
    }

    /// <summary>Null when the query went well.</summary>
    public QueryFault? Fault { get; }

    public int Bytes { get; }

    public QueryCounters Counters { get; }

    public override Span<byte> GetSpan() => Bytes == 0 ? [] : new Span<byte>(_library.Buffer(_handle), Bytes);

    public override MemoryHandle Pin(int elementIndex = 0) => new(_library.Buffer(_handle) + elementIndex);

    public override void Unpin()
    {
    }

    /// <summary>Gives the memory back to chDB.</summary>
    public void Free() => Dispose(disposing: true);

    protected override void Dispose(bool disposing)
    {
        if (Interlocked.Exchange(ref _handle, 0) is var handle && handle != 0)
            _library.Destroy(handle);
    }
}
