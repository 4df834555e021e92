using System.Buffers.Binary;
using ClickSink.Engine.DeadLetters;

namespace ClickSink.Engine.Sinks.ClickHouse.DeadLetters;

/// <summary>Dead letters in the RowBinary format, in the order of <see cref="DeadLetterDdl.Columns"/>.</summary>
internal static class DeadLetterEncoder
{
    public static byte[] Encode(string pipeline, string topic, IEnumerable<StoredLetter> letters)
    {
        var row = new Row();
        foreach (var stored in letters)
        {
            var letter = stored.Letter;
            row.Text(pipeline);
            row.Text(topic);
            row.Int32(letter.Partition);
            row.Int64(letter.Offset);
            row.Int64((long)stored.Version);
            row.Int8((sbyte)stored.Status);
            row.Time(letter.TimestampMilliseconds / 1000);
            row.Int64(letter.TimestampMilliseconds);
            row.Time(stored.RejectedAt.ToUnixTimeSeconds());
            row.Time(stored.UpdatedAt.ToUnixTimeSeconds());
            row.Text(letter.Reason);
            row.Text(letter.Column);
            row.Text(letter.Path);
            row.Text(letter.Value);
            row.Int32(stored.Attempts);
            row.Text(stored.Replay);
            row.Int32(stored.PipelineVersion);
            row.Text(letter.StoredRoutes);
            row.Text(letter.Headers);
            row.Bytes(letter.Key);
            row.Bytes(letter.Payload);
            row.Int64(letter.PayloadBytes);
        }

        return row.ToArray();
    }

    private sealed class Row
    {
        private readonly MemoryStream _stream = new();

        public void Int8(sbyte value) => _stream.WriteByte((byte)value);

        public void Int32(int value)
        {
            Span<byte> number = stackalloc byte[sizeof(int)];
            BinaryPrimitives.WriteInt32LittleEndian(number, value);
            _stream.Write(number);
        }

        public void Int64(long value)
        {
            Span<byte> number = stackalloc byte[sizeof(long)];
            BinaryPrimitives.WriteInt64LittleEndian(number, value);
            _stream.Write(number);
        }

        public void Time(long seconds) => Int32((int)(uint)Math.Clamp(seconds, 0, uint.MaxValue));

        public void Text(string text) => Bytes(System.Text.Encoding.UTF8.GetBytes(text));

        public void Bytes(byte[] bytes)
        {
            var length = (uint)bytes.Length;
            for (; length >= 0x80; length >>= 7) _stream.WriteByte((byte)(length | 0x80));
            _stream.WriteByte((byte)length);
            _stream.Write(bytes);
        }

        public byte[] ToArray() => _stream.ToArray();
    }
}
