using System.Buffers.Binary;
using System.Net;

namespace ClickSink.Tests.Integration.Embedded;

/// <summary>A body of Native blocks of the columns id UInt64 and payload String, made as it is sent.</summary>
public sealed class NativeBlocks(long rows, int rowsPerBlock, int payloadBytes) : HttpContent
{
    public const string Columns = "id UInt64, payload String";

    public static long BytesPerRow(int payloadBytes) => 8 + 1 + payloadBytes;

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        for (var first = 0L; first < rows; first += rowsPerBlock)
            await stream.WriteAsync(Block(first, (int)Math.Min(rowsPerBlock, rows - first)));
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    public byte[] Block(long first, int count)
    {
        var block = new MemoryStream(count * (9 + payloadBytes) + 100);
        WriteVarint(block, 2);
        WriteVarint(block, (ulong)count);
        WriteText(block, "id");
        WriteText(block, "UInt64");
        Span<byte> number = stackalloc byte[8];
        for (var i = 0; i < count; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(number, first + i);
            block.Write(number);
        }
        WriteText(block, "payload");
        WriteText(block, "String");
        var payload = new byte[payloadBytes];
        for (var i = 0; i < count; i++)
        {
            payload.AsSpan().Fill((byte)('a' + (first + i) % 26));
            WriteVarint(block, (ulong)payloadBytes);
            block.Write(payload);
        }
        return block.ToArray();
    }

    private static void WriteText(MemoryStream stream, string text)
    {
        WriteVarint(stream, (ulong)text.Length);
        stream.Write(System.Text.Encoding.ASCII.GetBytes(text));
    }

    private static void WriteVarint(MemoryStream stream, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            stream.WriteByte((byte)(value | 0x80));
        stream.WriteByte((byte)value);
    }
}
