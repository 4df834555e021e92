using System.Text;
using ClickSink.Embedded.Chdb;
using Microsoft.AspNetCore.Http;

namespace ClickSink.Embedded.Http;

/// <summary>The body of an answer, packed if the client wants it.</summary>
internal sealed class AnswerBody : IAsyncDisposable
{
    private readonly HttpResponse _response;
    private readonly string? _packing;
    private readonly bool _isHead;
    private Stream? _packed;

    public AnswerBody(HttpContext context, bool allowsCompression)
    {
        _response = context.Response;
        _isHead = HttpMethods.IsHead(context.Request.Method);
        _packing = allowsCompression ? ContentEncodings.Choose(context.Request.Headers.AcceptEncoding) : null;
    }

    private Stream Stream => _packed ?? _response.Body;

    /// <summary>Says the length of what will be written, if that is what will be sent.</summary>
    public void AnnounceLength(long bytes)
    {
        if (_packing is null || bytes == 0)
            _response.ContentLength = bytes;
    }

    /// <summary>Writes a part.</summary>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> part)
    {
        if (part.IsEmpty || _isHead)
            return;
        StartPacking();
        await Stream.WriteAsync(part).ConfigureAwait(false);
    }

    /// <summary>Writes a whole file.</summary>
    public async Task SendFileAsync(SpoolFile file)
    {
        if (!File.Exists(file.Path))
        {
            // FORMAT Null makes none.
            AnnounceLength(0);
            return;
        }
        await using var source = file.OpenRead();
        AnnounceLength(source.Length);
        if (_isHead || source.Length == 0)
            return;
        StartPacking();
        await source.CopyToAsync(Stream, 1 << 20).ConfigureAwait(false);
    }

    /// <summary>Writes the error as ClickHouse 25.11 and later do in the middle of a body, found by its tag and its length.</summary>
    public async Task BreakAsync(string error, string tag)
    {
        var length = Encoding.UTF8.GetByteCount(error);
        var text = $"\r\n__exception__\r\n{tag}\r\n{error}{length} {tag}\r\n__exception__\r\n";
        await WriteAsync(Encoding.UTF8.GetBytes(text)).ConfigureAwait(false);
        if (_packed is not null)
            await _packed.DisposeAsync().ConfigureAwait(false);
        _packed = null;
        await _response.Body.FlushAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (_packed is not null)
            await _packed.DisposeAsync().ConfigureAwait(false);
    }

    private void StartPacking()
    {
        if (_packing is null || _packed is not null)
            return;
        _response.Headers.ContentEncoding = _packing;
        _packed = ContentEncodings.Pack(_response.Body, _packing);
    }
}
