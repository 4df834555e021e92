using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace ClickSink.Engine.Sources.Generator;

/// <summary>
/// Engagement events as JSON, about 260 bytes each: what people do with a catalogue of films. The event of a number is always the same, so whoever reads them
/// can tell which are missing and which came twice.
/// </summary>
public sealed class EngagementEvents
{
    private static readonly JsonEncodedText[] Types = [.. new[] { "play", "pause", "click", "finish", "search", "rate" }.Select(t => JsonEncodedText.Encode(t))];
    private static readonly JsonEncodedText[] Plans = [.. new[] { "free", "plus", "family" }.Select(t => JsonEncodedText.Encode(t))];
    private static readonly JsonEncodedText[] Devices = [.. new[] { "tv", "phone", "tablet", "web" }.Select(t => JsonEncodedText.Encode(t))];
    private static readonly JsonWriterOptions Fast = new() { SkipValidation = true };

    private readonly ulong _seed;
    private readonly DateTime _start;
    private readonly ArrayBufferWriter<byte> _buffer = new(512);
    private readonly Utf8JsonWriter _writer;

    /// <summary>Makes a generator; one a thread.</summary>
    /// <param name="seed">Other seeds make other events.</param>
    /// <param name="start">Time of event 0, in UTC; each later one is a millisecond later.</param>
    public EngagementEvents(ulong seed, DateTime start)
    {
        _seed = seed;
        _start = start;
        _writer = new Utf8JsonWriter(_buffer, Fast);
    }

    /// <summary>Writes an event.</summary>
    /// <param name="sequence">Its number, from 0.</param>
    /// <returns>Its bytes, valid until the next call.</returns>
    public ReadOnlySpan<byte> Next(long sequence)
    {
        var random = Mix(_seed + (ulong)sequence);
        var more = Mix(random);
        _buffer.ResetWrittenCount();
        _writer.Reset(_buffer);
        _writer.WriteStartObject();
        _writer.WriteString("event_id"u8, EventId(random, more));
        _writer.WriteNumber("seq"u8, sequence);
        _writer.WriteString("type"u8, Types[random % (ulong)Types.Length]);
        _writer.WriteString("ts"u8, Time(sequence));
        _writer.WriteStartObject("user"u8);
        _writer.WriteNumber("id"u8, (more >> 8) % 100_000);
        _writer.WriteString("plan"u8, Plans[(more >> 32) % (ulong)Plans.Length]);
        _writer.WriteString("device"u8, Devices[(more >> 40) % (ulong)Devices.Length]);
        _writer.WriteEndObject();
        _writer.WriteNumber("content_id"u8, (random >> 16) % 20_000);
        _writer.WriteNumber("position_seconds"u8, ((random >> 24) % 7_200_000) / 1000.0);
        _writer.WriteNumber("completion"u8, ((more >> 16) % 1001) / 1000.0);
        _writer.WriteBoolean("autoplay"u8, (random & (1UL << 50)) != 0);
        _writer.WriteBoolean("subtitles"u8, (random & (1UL << 51)) != 0);
        _writer.WriteEndObject();
        _writer.Flush();
        return _buffer.WrittenSpan;
    }

    // SplitMix64: a number's image looks random and is never that of another number.
    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    private static Guid EventId(ulong high, ulong low)
    {
        Span<ulong> bits = [high, low];
        return new Guid(MemoryMarshal.AsBytes(bits));
    }

    private string Time(long sequence) => _start.AddMilliseconds(sequence).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
