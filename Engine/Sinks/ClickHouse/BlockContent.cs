using System.IO.Compression;
using System.Net;
using ClickSink.Engine.Columns;
using ClickSink.Engine.Sinks.ClickHouse.Encoding;

namespace ClickSink.Engine.Sinks.ClickHouse;

/// <summary>The body of an insert: a block in the Native format, written from the columns' own buffers.</summary>
internal sealed class BlockContent : HttpContent
{
    private readonly ColumnBlock _block;
    private readonly bool _gzip;

    public BlockContent(ColumnBlock block, bool gzip)
    {
        _block = block;
        _gzip = gzip;
        if (gzip) Headers.ContentEncoding.Add("gzip");
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellation)
    {
        if (!_gzip)
        {
            await NativeEncoder.WriteAsync(_block, stream, cancellation);
            return;
        }

        await using var compressed = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true);
        await NativeEncoder.WriteAsync(_block, compressed, cancellation);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
