using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ClickSink.Engine.Sources.Kafka.Native;
using Microsoft.Extensions.Logging;

namespace ClickSink.Engine.Sources.Kafka;

/// <summary>What librdkafka says on its own threads: log lines, and errors of the client as a whole.</summary>
internal sealed unsafe partial class KafkaClientEvents
{
    private readonly ILogger _logger;

    public KafkaClientEvents(ILogger logger) => _logger = logger;

    /// <summary>
    /// The newest error of the client, until it is forgotten on purpose. A message that comes in proves nothing: those that were fetched before the brokers
    /// went away still come, and the complaint comes only once.
    /// </summary>
    public string? Trouble { get; set; }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static void OnLog(nint client, int level, byte* facility, byte* text)
    {
        if (Find(client) is not { } events) return;
        var line = Marshal.PtrToStringUTF8((nint)text) ?? "";
        // Syslog levels: up to 3 is an error. librdkafka itself goes on after all of them, so nothing is lost: at most a warning.
        if (level <= 3) events.LogClientWarning(line);
        else events.LogClientDetail(line);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static void OnError(nint client, int code, byte* reason, nint opaque)
    {
        if (Find(client) is { } events) events.Trouble = $"{Marshal.PtrToStringUTF8((nint)reason)} ({LibRdKafka.Describe(code)})";
    }

    private static KafkaClientEvents? Find(nint client)
    {
        var opaque = client == 0 ? 0 : LibRdKafka.Opaque(client);
        return opaque == 0 ? null : GCHandle.FromIntPtr(opaque).Target as KafkaClientEvents;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Kafka client: {Line}")]
    private partial void LogClientWarning(string line);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Kafka client: {Line}")]
    private partial void LogClientDetail(string line);
}
