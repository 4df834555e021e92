using System.Text;
using ClickSink.Embedded.Chdb;
using ClickSink.Embedded.Sql;
using Microsoft.AspNetCore.Http;

namespace ClickSink.Embedded.Http;

/// <summary>
/// The text of a request: the query of the URL, a line break, the body, as ClickHouse joins them. The beginning is in memory and parsed;
/// what follows it is the data of an insert and is still to be read.
/// </summary>
internal sealed class RequestText : IDisposable
{
    private readonly byte[] _head;
    private readonly int _length;
    private readonly Stream? _rest;
    private readonly Stream? _owned;
    private readonly SpoolFile? _unpacked;

    private RequestText(byte[] head, int length, Stream? rest, string? packedBy, Stream? owned = null, SpoolFile? unpacked = null)
    {
        _owned = owned;
        _head = head;
        _length = length;
        _rest = rest;
        _unpacked = unpacked;
        PackedBy = packedBy;
        Statement = StatementParser.Parse(Head);
    }

    /// <summary>What the text is.</summary>
    public Statement Statement { get; }

    /// <summary>How the data is compressed, which the engine unpacks; null when it is not.</summary>
    public string? PackedBy { get; }

    /// <summary>The text as far as it is read: all of it, unless it is an insert with data.</summary>
    public ReadOnlySpan<byte> Head => _head.AsSpan(0, _length);

    /// <summary>Reads as much as it takes to know what the query is.</summary>
    /// <param name="query">The parameters.</param>
    /// <param name="packedBy">The compression of the body, or null.</param>
    /// <param name="request">The request whose body it is.</param>
    /// <param name="unpack">Unpacks a body that only the engine can unpack.</param>
    public static async Task<RequestText> ReadAsync(
        QueryRequest query, string? packedBy, HttpRequest request, Func<Stream, string, Task<SpoolFile>> unpack)
    {
        var url = Encoding.UTF8.GetBytes(query.Query);
        // No line break behind nothing: an INSERT that is all in the body must not begin with an empty line of data.
        if (url.Length > 0)
            url = [.. url, (byte)'\n'];
        if (packedBy is null)
            return await ReadHeadAsync(url, request.Body, query.MaxQueryBytes).ConfigureAwait(false);

        // When the URL holds the whole query, the body is only data and goes to the engine as it is.
        var statement = StatementParser.Parse(url);
        if (statement.Kind == StatementKind.InsertData && statement.DataStart == url.Length)
            return new RequestText(url, url.Length, request.Body, packedBy);
        if (ContentEncodings.TryUnpack(request.Body, packedBy) is { } plain)
            return await ReadHeadAsync(url, plain, query.MaxQueryBytes, plain).ConfigureAwait(false);
        var file = await unpack(request.Body, packedBy).ConfigureAwait(false);
        var stream = file.OpenRead();
        return await ReadHeadAsync(url, stream, query.MaxQueryBytes, stream, file).ConfigureAwait(false);
    }

    /// <summary>Writes the data of an insert to a file, to its last byte.</summary>
    public async Task WriteDataAsync(FileStream file, CancellationToken cancellation)
    {
        file.Write(_head, Statement.DataStart, _length - Statement.DataStart);
        if (_rest is not null)
            await BodyCopy.ToFileAsync(_rest, file, cancellation).ConfigureAwait(false);
    }

    /// <summary>The whole text, for the engine.</summary>
    public ReadOnlyMemory<byte> Memory => _head.AsMemory(0, _length);

    public void Dispose()
    {
        _owned?.Dispose();
        _unpacked?.Dispose();
    }

    private static async Task<RequestText> ReadHeadAsync(
        byte[] url, Stream body, int maxQueryBytes, Stream? owned = null, SpoolFile? unpacked = null)
    {
        var head = new byte[Math.Max(4096, url.Length * 2)];
        url.CopyTo(head, 0);
        var length = url.Length;
        // One more than the engine takes, so that it is the engine that says the query is too long.
        var limit = Math.Max(maxQueryBytes, url.Length) + 1;
        while (length < limit)
        {
            if (length == head.Length)
                Array.Resize(ref head, Math.Min(head.Length * 2, limit));
            var read = await body.ReadAsync(head.AsMemory(length, Math.Min(head.Length, limit) - length)).ConfigureAwait(false);
            if (read == 0)
                return new RequestText(head, length, rest: null, packedBy: null, owned, unpacked);
            length += read;
        }
        return new RequestText(head, length, body, packedBy: null, owned, unpacked);
    }
}
