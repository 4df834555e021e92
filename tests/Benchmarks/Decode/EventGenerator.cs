using System.Globalization;
using System.Text;

namespace ClickSink.Tests.Benchmarks.Decode;

/// <summary>Engagement events as JSON, the same for the same seed, about 258 bytes each, one after the other in one array.</summary>
internal sealed class EventGenerator
{
    private static readonly string[] Types = ["click", "view", "scroll", "purchase", "share", "like", "search", "signup"];
    private static readonly string[] Names = ["anna", "bruno", "chloé", "dmitri", "eva", "farid", "grete", "hiro", "ines", "jörg"];
    private static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly int[] _ends;

    private EventGenerator(byte[] bytes, int[] ends)
    {
        Bytes = bytes;
        _ends = ends;
    }

    /// <summary>All events, without separators.</summary>
    public byte[] Bytes { get; }

    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            int start = index == 0 ? 0 : _ends[index - 1];
            return Bytes.AsSpan(start, _ends[index] - start);
        }
    }

    public static EventGenerator Create(int count, int seed)
    {
        var random = new Random(seed);
        using var bytes = new MemoryStream(count * 264);
        int[] ends = new int[count];
        for (int i = 0; i < count; i++)
        {
            bytes.Write(Encoding.UTF8.GetBytes(Next(random, i)));
            ends[i] = (int)bytes.Position;
        }

        return new EventGenerator(bytes.ToArray(), ends);
    }

    private static string Next(Random random, int number)
    {
        byte[] id = new byte[16];
        random.NextBytes(id);
        int user = random.Next(1, 1_000_000);
        string name = $"{Names[random.Next(Names.Length)]}-{user % 1000}";
        string time = Start.AddMilliseconds(number * 7L + random.Next(1000)).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        string value = Math.Round(random.NextDouble() * 1000, 2).ToString(CultureInfo.InvariantCulture);
        return $$$"""
            {"event_id":"{{{new Guid(id)}}}","user":{"id":{{{user}}},"name":"{{{name}}}"},"type":"{{{Types[random.Next(Types.Length)]}}}","ts":"{{{time}}}","value":{{{value}}},"active":{{{(random.Next(2) == 0 ? "true" : "false")}}},"page":"https://example.com/products/{{{random.Next(10_000)}}}","session":"{{{random.NextInt64():x16}}}","attempt":{{{random.Next(1, 4)}}}}
            """;
    }
}
