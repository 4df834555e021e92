using System.Buffers;
using ClickSink.Engine.Columns;

namespace ClickSink.Engine.Sinks.ClickHouse.Encoding;

/// <summary>
/// Writes a block in ClickHouse's Native format: the counts of columns and rows, then each column's name, type and data.
/// This is the form of an HTTP body with <c>FORMAT Native</c>, which is the same from server 18.16 to 26. Columns hold
/// their data in that form already, so nothing but the headers is made here, and no data is copied.
/// </summary>
public static class NativeEncoder
{
    /// <summary>
    /// The block as pieces of memory, in sending order. They point into the columns: the block must not change, nor be
    /// disposed, before the result is. A block without rows is encoded as its header only.
    /// </summary>
    public static WireSegments Encode(ColumnBlock block)
    {
        var output = new WireSegments(block.Pool);
        output.WriteVarint((ulong)block.ColumnArray.Sum(column => column.Sent.Count));
        output.WriteVarint((ulong)block.Rows);
        foreach (Column column in block.ColumnArray.SelectMany(column => column.Sent))
        {
            output.WriteString(column.Name);
            output.WriteString(column.Type.ToString());
            if (block.Rows == 0) continue;
            column.WritePrefix(output);
            column.WriteData(output);
        }

        output.Seal();
        return output;
    }

    /// <summary>Writes the block to a stream.</summary>
    /// <returns>Bytes written.</returns>
    public static long Write(ColumnBlock block, Stream destination)
    {
        using WireSegments encoded = Encode(block);
        foreach (ReadOnlyMemory<byte> segment in encoded.Segments) destination.Write(segment.Span);
        return encoded.Length;
    }

    /// <summary>Writes the block to a stream without holding the thread.</summary>
    /// <returns>Bytes written.</returns>
    public static async ValueTask<long> WriteAsync(ColumnBlock block, Stream destination, CancellationToken cancellationToken)
    {
        using WireSegments encoded = Encode(block);
        foreach (ReadOnlyMemory<byte> segment in encoded.Segments) await destination.WriteAsync(segment, cancellationToken);
        return encoded.Length;
    }

    /// <summary>Writes the block to a buffer.</summary>
    /// <returns>Bytes written.</returns>
    public static long Write(ColumnBlock block, IBufferWriter<byte> destination)
    {
        using WireSegments encoded = Encode(block);
        foreach (ReadOnlyMemory<byte> segment in encoded.Segments) destination.Write(segment.Span);
        return encoded.Length;
    }
}
