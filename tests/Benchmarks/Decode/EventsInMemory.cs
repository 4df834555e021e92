namespace ClickSink.Tests.Benchmarks.Decode;

/// <summary>
/// Events in memory, one after the other as a fetched batch lies there, with a line end behind each so that the same bytes are a file of
/// JSON lines.
/// </summary>
internal sealed class EventsInMemory
{
    private readonly byte[] _bytes;
    private readonly int[] _ends;

    private EventsInMemory(byte[] bytes, int[] ends)
    {
        _bytes = bytes;
        _ends = ends;
    }

    /// <summary>Writes an event's bytes.</summary>
    public delegate ReadOnlySpan<byte> Generator(long number);

    public int Count => _ends.Length;

    /// <summary>Bytes of all events.</summary>
    public long Bytes => _bytes.Length - _ends.Length;

    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            int start = index == 0 ? 0 : _ends[index - 1];
            return _bytes.AsSpan(start, _ends[index] - start - 1);
        }
    }

    /// <summary>Makes the first events; the same ones in every run.</summary>
    public static EventsInMemory Create(int count, Generator next)
    {
        using var bytes = new MemoryStream(count * (next(0).Length + 16));
        int[] ends = new int[count];
        for (int i = 0; i < count; i++)
        {
            bytes.Write(next(i));
            bytes.WriteByte((byte)'\n');
            ends[i] = (int)bytes.Position;
        }

        return new EventsInMemory(bytes.ToArray(), ends);
    }

    /// <summary>Writes them all as JSON lines.</summary>
    public void WriteTo(string path) => File.WriteAllBytes(path, _bytes);
}
