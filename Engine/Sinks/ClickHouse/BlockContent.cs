using System.IO.Compression;
using System.Net;
using ClickSink.Engine.Columns;
using ClickSink.Engine.Sinks.ClickHouse.Encoding;

namespace ClickSink.Engine.Sinks.ClickHouse;

/// <summary>The body of an insert: a block in the Native format, written from the columns' own buffers.</summary>
internal sealed class BlockContent : HttpContent
{
    private readonly WireSegments _encoded;
    private readonly bool _gzip;

    public BlockContent(ColumnBlock block, bool gzip)
    {
        _encoded = NativeEncoder.Encode(block);
        _gzip = gzip;
        if (gzip) Headers.ContentEncoding.Add("gzip");
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellation)
    {
        if (!_gzip)
        {
            await WriteAsync(stream, cancellation);
            return;
        }

        await using var compressed = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true);
        await WriteAsync(compressed, cancellation);
    }

    // A known length spares the server from taking chunks apart.
    protected override bool TryComputeLength(out long length)
    {
        length = _gzip ? 0 : _encoded.Length;
        return !_gzip;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _encoded.Dispose();
        base.Dispose(disposing);
    }

    private async Task WriteAsync(Stream stream, CancellationToken cancellation)
    {
        foreach (ReadOnlyMemory<byte> segment in _encoded.Segments) await stream.WriteAsync(segment, cancellation);
    }
}
