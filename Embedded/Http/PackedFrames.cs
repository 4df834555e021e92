using System.Buffers.Binary;

namespace ClickSink.Embedded.Http;

/// <summary>Tells whether lz4 and zstd bodies are whole, by walking their frames without unpacking them.</summary>
/// <remarks>
/// The engine takes the end of such a file for the end of the data, wherever it is (chDB 26.5): a body that its client cut would be inserted in part
/// and called a success. It does notice cut gzip, deflate, brotli and xz. Formats: lz4_Frame_format.md 1.6, RFC 8878 section 3.1.
/// </remarks>
internal static class PackedFrames
{
    private const uint Lz4Magic = 0x184D2204;
    private const uint ZstdMagic = 0xFD2FB528;
    private const uint SkippableMagic = 0x184D2A50;

    /// <summary>Whether <paramref name="file"/> ends where a frame ends. What is no such frame at all is left to the engine to refuse.</summary>
    public static bool AreComplete(Stream file)
    {
        Span<byte> magic = stackalloc byte[4];
        while (file.Position < file.Length)
        {
            if (!TryRead(file, magic))
                return false;
            var isComplete = BinaryPrimitives.ReadUInt32LittleEndian(magic) switch
            {
                Lz4Magic => TrySkipLz4(file),
                ZstdMagic => TrySkipZstd(file),
                var other when (other & ~0xFu) == SkippableMagic => TryRead(file, magic) && TrySkip(file, BinaryPrimitives.ReadUInt32LittleEndian(magic)),
                _ => TrySkip(file, file.Length - file.Position),
            };
            if (!isComplete)
                return false;
        }
        return true;
    }

    private static bool TrySkipLz4(Stream file)
    {
        Span<byte> bytes = stackalloc byte[4];
        if (!TryRead(file, bytes[..1]))
            return false;
        var flags = bytes[0];
        var blockChecksum = (flags & 0x10) != 0 ? 4 : 0;
        // Block descriptor, content size, dictionary id, header checksum.
        if (!TrySkip(file, 1 + ((flags & 0x08) != 0 ? 8 : 0) + ((flags & 0x01) != 0 ? 4 : 0) + 1))
            return false;
        while (true)
        {
            if (!TryRead(file, bytes))
                return false;
            var size = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            if (size == 0)
                return TrySkip(file, (flags & 0x04) != 0 ? 4 : 0);
            if (!TrySkip(file, (size & 0x7FFFFFFF) + blockChecksum))
                return false;
        }
    }

    private static bool TrySkipZstd(Stream file)
    {
        Span<byte> bytes = stackalloc byte[3];
        if (!TryRead(file, bytes[..1]))
            return false;
        var descriptor = bytes[0];
        var isSingleSegment = (descriptor & 0x20) != 0;
        var contentSize = (descriptor >> 6) switch { 0 => isSingleSegment ? 1 : 0, 1 => 2, 2 => 4, _ => 8 };
        var dictionaryId = (descriptor & 3) switch { 0 => 0, 1 => 1, 2 => 2, _ => 4 };
        if (!TrySkip(file, (isSingleSegment ? 0 : 1) + dictionaryId + contentSize))
            return false;
        while (true)
        {
            if (!TryRead(file, bytes))
                return false;
            var header = bytes[0] | bytes[1] << 8 | bytes[2] << 16;
            // A block of one repeated byte holds that byte.
            var size = (header >> 1 & 3) == 1 ? 1 : header >> 3;
            if (!TrySkip(file, size))
                return false;
            if ((header & 1) != 0)
                return TrySkip(file, (descriptor & 0x04) != 0 ? 4 : 0);
        }
    }

    private static bool TryRead(Stream file, Span<byte> bytes) => file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length;

    private static bool TrySkip(Stream file, long bytes)
    {
        if (bytes > file.Length - file.Position)
            return false;
        file.Position += bytes;
        return true;
    }
}
