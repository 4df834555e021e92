using System.Globalization;
using System.Runtime.InteropServices;
using ClickSink.Engine.Sources.Kafka.Native;

namespace ClickSink.Engine.Sources.Kafka;

/// <summary>The settings of librdkafka that a pipeline runs with.</summary>
internal static class KafkaProperties
{
    /// <summary>Defaults, then the user's properties, then what exactly once rests on.</summary>
    public static IReadOnlyDictionary<string, string> ForConsumer(KafkaSourceOptions options, string group, long prefetchBytes)
    {
        var result = ForClient(options);
        result.TryAdd("client.id", "clicksink");
        // Large fetches: half the CPU a message of the defaults (2 million messages of 258 bytes, librdkafka 2.0.2: 1.5 s against 3.0 s).
        result.TryAdd("fetch.message.max.bytes", "8000000");
        result.TryAdd("queued.min.messages", "1000000");
        // A full queue makes librdkafka leave a partition alone for this long; with its default of a second a busy pipeline stands still in between.
        if (!FetchNudge.IsNeeded) result.TryAdd("fetch.queue.backoff.ms", "20");
        result["queued.max.messages.kbytes"] = Math.Max(1024, prefetchBytes / 1024).ToString(CultureInfo.InvariantCulture);
        result["group.id"] = group;
        result["enable.auto.commit"] = "false";
        result["enable.auto.offset.store"] = "false";
        // An offset that Kafka no longer has is a fault with a choice, never a silent jump.
        result["auto.offset.reset"] = "error";
        result["enable.partition.eof"] = "true";
        return result;
    }

    /// <summary>What every client of the source needs, whatever it does.</summary>
    public static Dictionary<string, string> ForClient(KafkaSourceOptions options)
    {
        var result = new Dictionary<string, string>(options.Properties, StringComparer.Ordinal) { ["bootstrap.servers"] = options.Brokers };
        result.TryAdd("socket.keepalive.enable", "true");
        // librdkafka's 10 s would be the time for which a pipeline stands still after its broker is back.
        result.TryAdd("reconnect.backoff.max.ms", "2000");
        return result;
    }

    /// <summary>What librdkafka says against a property; null when it takes it.</summary>
    public static unsafe string? Check(string name, string value)
    {
        const int ErrorTextSize = 512;
        var error = stackalloc byte[ErrorTextSize];
        var conf = LibRdKafka.ConfNew();
        var result = LibRdKafka.ConfSet(conf, name, value, error, ErrorTextSize);
        LibRdKafka.ConfDestroy(conf);
        return result == 0 ? null : $"is refused by librdkafka: {Marshal.PtrToStringUTF8((nint)error)}";
    }
}
