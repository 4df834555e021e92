using System.Text;
using ClickSink.Engine.Formats;
using ClickSink.Engine.Formats.Avro;
using Xunit;

namespace ClickSink.Tests.Integration.Formats;

/// <summary>Takes an Avro file apart: its schema, and the data of its blocks, which have to be uncompressed.</summary>
internal sealed class AvroContainer
{
    private const int SyncBytes = 16;

    private AvroContainer(string schema, byte[] data)
    {
        Schema = schema;
        Data = data;
    }

    public string Schema { get; }

    /// <summary>The rows, one behind the other.</summary>
    public byte[] Data { get; }

    public static AvroContainer Read(byte[] file)
    {
        Assert.True(file.AsSpan().StartsWith("Obj\u0001"u8), Encoding.UTF8.GetString(file));
        var cursor = new AvroCursor(file.AsSpan(4));
        string schema = "";
        while (cursor.TryReadLong(out long count) && count != 0)
        {
            Assert.True(count > 0);
            for (; count > 0; count--)
            {
                Assert.True(cursor.TryReadBytes(out ReadOnlySpan<byte> key));
                Assert.True(cursor.TryReadBytes(out ReadOnlySpan<byte> value));
                if (key.SequenceEqual("avro.schema"u8)) schema = Encoding.UTF8.GetString(value);
            }
        }

        Assert.True(cursor.TryTake(SyncBytes, out _));
        List<byte> data = [];
        while (!cursor.IsAtEnd)
        {
            Assert.True(cursor.TryReadLong(out _));
            Assert.True(cursor.TryReadBytes(out ReadOnlySpan<byte> block));
            data.AddRange(block);
            Assert.True(cursor.TryTake(SyncBytes, out _));
        }

        return new AvroContainer(schema, [.. data]);
    }

    /// <summary>The bytes of each row. Where one ends is only known by reading it: the shortest piece that is a whole row is it.</summary>
    public List<byte[]> SplitRows(AvroSchema schema, int rows)
    {
        var transcoder = new AvroTranscoder(schema, FormatLimits.Default);
        List<byte[]> found = [];
        int at = 0;
        for (int end = at; found.Count < rows && end <= Data.Length; end++)
        {
            if (transcoder.Transcode(Data.AsSpan(at, end - at), out _) is not null) continue;
            found.Add(Data[at..end]);
            at = end;
        }

        Assert.Equal((rows, Data.Length), (found.Count, at));
        return found;
    }
}
