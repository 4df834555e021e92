using System.Buffers.Binary;
using ClickSink.Engine.Delivery;

namespace ClickSink.Engine.Sinks.ClickHouse.Encoding;

/// <summary>Dead letters in the RowBinary format, in the order of the columns of <see cref="ClickHouseTableDdl.CreateDeadLetters"/>.</summary>
internal static class DeadLetterEncoder
{
    /// <summary>The columns, as an INSERT names them.</summary>
    public const string Columns = "(pipeline, topic, partition, offset, timestamp, rejected_at, reason, column, path, value, key, payload)";

    public static byte[] Encode(string pipeline, string topic, IReadOnlyList<DeadLetter> letters, DateTimeOffset now)
    {
        var stream = new MemoryStream();
        Span<byte> number = stackalloc byte[8];
        foreach (var letter in letters)
        {
            WriteText(stream, pipeline);
            WriteText(stream, topic);
            BinaryPrimitives.WriteInt32LittleEndian(number, letter.Partition);
            stream.Write(number[..4]);
            BinaryPrimitives.WriteInt64LittleEndian(number, letter.Offset);
            stream.Write(number);
            WriteTime(stream, letter.TimestampMilliseconds / 1000, number);
            WriteTime(stream, now.ToUnixTimeSeconds(), number);
            WriteText(stream, letter.Reason);
            WriteText(stream, letter.Column);
            WriteText(stream, letter.Path);
            WriteText(stream, letter.Value);
            WriteBytes(stream, letter.Key);
            WriteBytes(stream, letter.Payload);
        }

        return stream.ToArray();
    }

    private static void WriteTime(MemoryStream stream, long seconds, Span<byte> number)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(number, (uint)Math.Clamp(seconds, 0, uint.MaxValue));
        stream.Write(number[..4]);
    }

    private static void WriteText(MemoryStream stream, string text) => WriteBytes(stream, System.Text.Encoding.UTF8.GetBytes(text));

    private static void WriteBytes(MemoryStream stream, byte[] bytes)
    {
        var length = (uint)bytes.Length;
        for (; length >= 0x80; length >>= 7) stream.WriteByte((byte)(length | 0x80));
        stream.WriteByte((byte)length);
        stream.Write(bytes);
    }
}
