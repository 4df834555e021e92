using System.Buffers;

namespace ClickSink.Embedded.Http;

/// <summary>Copies a body to a file in large pieces.</summary>
internal static class BodyCopy
{
    private const int BufferBytes = 512 << 10;

    /// <summary>Copies to the end.</summary>
    /// <remarks>
    /// Not Stream.CopyToAsync: a request's stream hands over its 4 KB segments one by one then, each an asynchronous write of its own.
    /// The write is synchronous because it goes to the page cache; the wait is in the read.
    /// </remarks>
    public static async Task ToFileAsync(Stream body, FileStream file, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            var filled = 0;
            while (true)
            {
                var read = await body.ReadAsync(buffer.AsMemory(filled), cancellation).ConfigureAwait(false);
                filled += read;
                if (read > 0 && filled < buffer.Length)
                    continue;
                file.Write(buffer, 0, filled);
                filled = 0;
                if (read == 0)
                    return;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
