using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace ClickSink.Tests.Benchmarks.Decode;

/// <summary>
/// Requests of a shop's services as JSON: thirty fields, nested ones among them, about 1 kB each. The event of a number is always the
/// same.
/// </summary>
internal sealed class WideEvents(DateTime start)
{
    private static readonly string[] Services = ["basket", "catalogue", "checkout", "search", "identity", "delivery"];
    private static readonly string[] Levels = ["debug", "info", "warning", "error"];
    private static readonly string[] Cities = ["Berlin", "Wien", "Zürich", "Paris", "Oslo", "Łódź"];
    private static readonly string[] Tags = ["mobile", "beta", "retry", "cached", "gift", "express", "newsletter"];

    private readonly ArrayBufferWriter<byte> _buffer = new(2048);
    private Random _random = new(0);

    /// <summary>Writes an event.</summary>
    /// <returns>Its bytes, valid until the next call.</returns>
    public ReadOnlySpan<byte> Next(long number)
    {
        _random = new Random((int)number);
        _buffer.ResetWrittenCount();
        using var json = new Utf8JsonWriter(_buffer, new JsonWriterOptions { SkipValidation = true });
        json.WriteStartObject();
        json.WriteString("id", NextGuid());
        json.WriteNumber("seq", number);
        json.WriteString("ts", start.AddMilliseconds(number).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
        json.WriteString("service", Pick(Services));
        json.WriteString("host", $"node-{_random.Next(200)}.eu.example.com");
        json.WriteString("level", Pick(Levels));
        json.WriteNumber("status", _random.Next(10) == 0 ? 500 : 200);
        json.WriteNumber("latency_ms", _random.Next(1, 10_000_000) / 1000.0);
        json.WriteNumber("bytes_in", _random.Next(100_000));
        json.WriteNumber("bytes_out", _random.NextInt64(10_000_000_000));
        json.WriteNumber("cost", _random.Next(1, 5_000_000) / 1_000_000m);
        json.WriteString("client", $"10.{_random.Next(256)}.{_random.Next(256)}.{_random.Next(256)}");
        WriteUser(json);
        WriteLists(json);
        WriteRest(json);
        json.WriteEndObject();
        json.Flush();
        return _buffer.WrittenSpan;
    }

    private void WriteUser(Utf8JsonWriter json)
    {
        json.WriteStartObject("user");
        json.WriteNumber("id", _random.Next(100_000));
        json.WriteString("name", $"user {_random.Next(100_000)}");
        json.WriteString("plan", _random.Next(2) == 0 ? "free" : "plus");
        json.WriteStartObject("address");
        json.WriteString("city", Pick(Cities));
        json.WriteString("zip", _random.Next(10_000, 99_999).ToString(CultureInfo.InvariantCulture));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteLists(Utf8JsonWriter json)
    {
        WriteArray(json, "tags", 4, () => json.WriteStringValue(Pick(Tags)));
        WriteArray(json, "samples", 8, () => json.WriteNumberValue(_random.Next(1_000_000) / 1000.0));
        WriteArray(json, "codes", 6, () => json.WriteNumberValue(_random.Next(100_000)));
        json.WriteStartObject("labels");
        for (int i = _random.Next(1, 4); i > 0; i--) json.WriteString($"label_{i}", $"value {_random.Next(1000)}");
        json.WriteEndObject();
        json.WriteStartObject("metrics");
        for (int i = _random.Next(1, 4); i > 0; i--) json.WriteNumber($"metric_{i}", _random.Next(1_000_000) / 100.0);
        json.WriteEndObject();
        WriteArray(json, "items", 3, () =>
        {
            json.WriteStartObject();
            json.WriteString("sku", $"SKU-{_random.Next(1_000_000):D7}");
            json.WriteNumber("quantity", _random.Next(1, 10));
            json.WriteNumber("price", _random.Next(1, 100_000) / 100m);
            json.WriteEndObject();
        });
        WriteArray(json, "matrix", 2, () =>
        {
            json.WriteStartArray();
            for (int i = 0; i < 3; i++) json.WriteNumberValue(_random.Next(-100, 100));
            json.WriteEndArray();
        });
    }

    private void WriteRest(Utf8JsonWriter json)
    {
        if (_random.Next(2) == 0) json.WriteNull("referrer");
        else json.WriteString("referrer", $"https://shop.example.com/category/{_random.Next(500)}?page={_random.Next(9)}");
        if (_random.Next(3) == 0) json.WriteNull("session");
        else json.WriteString("session", NextGuid());
        json.WriteBoolean("retried", _random.Next(10) == 0);
        json.WriteString("day", start.AddDays(_random.Next(300)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteString("trace", NextGuid().ToString("N"));
        if (_random.Next(2) == 0) json.WriteNull("parent");
        else json.WriteNumber("parent", _random.NextInt64());
        json.WriteString("message",
            _random.Next(4) == 0
                ? "said \"no\"\nand left"
                : $"request {_random.Next(1_000_000)} was answered after some waiting for the other side");
        json.WriteString("country", _random.Next(3) == 0 ? "DE" : "FR");
        json.WriteStartObject("screen");
        json.WriteNumber("width", _random.Next(320, 3840));
        json.WriteNumber("height", _random.Next(320, 2160));
        json.WriteEndObject();
        WriteArray(json, "flags", 4, () => json.WriteBooleanValue(_random.Next(2) == 0));
    }

    private void WriteArray(Utf8JsonWriter json, string name, int most, Action value)
    {
        json.WriteStartArray(name);
        for (int i = _random.Next(most + 1); i > 0; i--) value();
        json.WriteEndArray();
    }

    private string Pick(string[] values) => values[_random.Next(values.Length)];

    private Guid NextGuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes);
    }
}
