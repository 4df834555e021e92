using System.Buffers.Binary;
using System.Text;

namespace ClickSink.Engine.Columns;

/// <summary>
/// The pieces of memory that make up an encoded block, in sending order: column data by reference, and between them the
/// few header bytes that are written here. The columns must not change while this is in use.
/// </summary>
public sealed class WireSegments : IDisposable
{
    private const int ChunkBytes = 4096;

    private readonly BufferPool _pool;
    private readonly List<ReadOnlyMemory<byte>> _segments = [];
    private readonly List<byte[]> _chunks = [];
    private int _start;
    private int _end;

    internal WireSegments(BufferPool pool) => _pool = pool;

    /// <summary>Bytes in all.</summary>
    public long Length { get; private set; }

    /// <summary>The pieces, in sending order. Call <see cref="Seal"/> first.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Segments => _segments;

    /// <summary>Gives the header bytes back to their pool; the columns' own memory is not touched.</summary>
    public void Dispose()
    {
        foreach (byte[] chunk in _chunks) _pool.Return(chunk);
        _chunks.Clear();
        _segments.Clear();
    }

    /// <summary>Adds memory by reference.</summary>
    internal void Add(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.IsEmpty) return;
        Seal();
        _segments.Add(bytes);
        Length += bytes.Length;
    }

    internal void WriteUInt64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Take(sizeof(ulong)), value);

    internal void WriteVarint(ulong value)
    {
        Span<byte> bytes = stackalloc byte[Varint.MaxBytes];
        int count = Varint.Write(bytes, value);
        bytes[..count].CopyTo(Take(count));
    }

    internal void WriteString(string value)
    {
        int count = Encoding.UTF8.GetByteCount(value);
        WriteVarint((ulong)count);
        Encoding.UTF8.GetBytes(value, Take(count));
    }

    /// <summary>Ends the run of header bytes that is being written, so that <see cref="Segments"/> is complete.</summary>
    internal void Seal()
    {
        if (_end > _start) _segments.Add(_chunks[^1].AsMemory(_start, _end - _start));
        _start = _end;
    }

    internal Span<byte> Take(int count)
    {
        // A chunk never grows: segments that were handed out point into it.
        if (_chunks.Count == 0 || count > _chunks[^1].Length - _end)
        {
            Seal();
            _chunks.Add(_pool.Rent(Math.Max(count, ChunkBytes), "block headers"));
            _start = _end = 0;
        }

        Span<byte> taken = _chunks[^1].AsSpan(_end, count);
        _end += count;
        Length += count;
        return taken;
    }
}
