using ClickSink.Engine.Sources.Generator;

namespace ClickSink.Tests.Benchmarks.Decode;

/// <summary>The demo's events in memory, one after the other in one array, as a fetched batch lies there.</summary>
internal sealed class EventsInMemory
{
    private const int ExpectedEventBytes = 264;

    private readonly byte[] _bytes;
    private readonly int[] _ends;

    private EventsInMemory(byte[] bytes, int[] ends)
    {
        _bytes = bytes;
        _ends = ends;
    }

    /// <summary>Bytes of all events.</summary>
    public long Bytes => _bytes.Length;

    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            int start = index == 0 ? 0 : _ends[index - 1];
            return _bytes.AsSpan(start, _ends[index] - start);
        }
    }

    /// <summary>Makes the first events; the same ones in every run.</summary>
    public static EventsInMemory Create(int count)
    {
        var events = new EngagementEvents(seed: 1, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        using var bytes = new MemoryStream(count * ExpectedEventBytes);
        int[] ends = new int[count];
        for (int i = 0; i < count; i++)
        {
            bytes.Write(events.Next(i));
            ends[i] = (int)bytes.Position;
        }

        return new EventsInMemory(bytes.ToArray(), ends);
    }
}
