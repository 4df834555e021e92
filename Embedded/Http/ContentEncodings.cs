using System.IO.Compression;
using ClickSink.Embedded.Chdb;
using Microsoft.Extensions.Primitives;

namespace ClickSink.Embedded.Http;

/// <summary>Compressed bodies: what the engine unpacks, what .NET unpacks, what answers are packed with.</summary>
internal static class ContentEncodings
{
    /// <summary>The engine's name for a request's Content-Encoding: null for none, or a fault for one that nobody knows.</summary>
    public static QueryFault? TryParse(StringValues header, out string? method)
    {
        var name = header.ToString().Trim().ToLowerInvariant();
        method = name switch
        {
            "" or "identity" or "none" => null,
            "gzip" or "gz" or "x-gzip" => "gzip",
            "deflate" => "deflate",
            "br" or "brotli" => "br",
            "zstd" or "zst" => "zstd",
            "lz4" => "lz4",
            "xz" or "lzma" => "xz",
            "bz2" => "bz2",
            "snappy" => "snappy",
            _ => "?",
        };
        return method == "?" ? Faults.UnknownEncoding(name) : null;
    }

    /// <summary>A stream that unpacks <paramref name="body"/>, or null when only the engine can.</summary>
    public static Stream? TryUnpack(Stream body, string method) => method switch
    {
        "gzip" => new GZipStream(body, CompressionMode.Decompress, leaveOpen: true),
        "deflate" => new ZLibStream(body, CompressionMode.Decompress, leaveOpen: true),
        "br" => new BrotliStream(body, CompressionMode.Decompress, leaveOpen: true),
        _ => null,
    };

    /// <summary>What to pack an answer with: the first of gzip, deflate and br that the client takes, or null.</summary>
    public static string? Choose(StringValues acceptEncoding)
    {
        var accepted = acceptEncoding.ToString();
        foreach (var method in (ReadOnlySpan<string>)["gzip", "deflate", "br"])
        {
            foreach (var part in accepted.Split(',', StringSplitOptions.TrimEntries))
            {
                var weight = part.Split(';', StringSplitOptions.TrimEntries);
                if (string.Equals(weight[0], method, StringComparison.OrdinalIgnoreCase) && !weight.Skip(1).Any(w => w is "q=0" or "q=0.0"))
                    return method;
            }
        }
        return null;
    }

    /// <summary>A stream that packs into <paramref name="body"/>. Fastest, as ClickHouse's level 3: this is loopback.</summary>
    public static Stream Pack(Stream body, string method) => method switch
    {
        "gzip" => new GZipStream(body, CompressionLevel.Fastest, leaveOpen: true),
        "deflate" => new ZLibStream(body, CompressionLevel.Fastest, leaveOpen: true),
        _ => new BrotliStream(body, CompressionLevel.Fastest, leaveOpen: true),
    };
}
