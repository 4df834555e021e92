using System.Diagnostics;
using System.Globalization;
using ClickSink.Servers.ClickHouse;
using ClickSink.Servers.Kafka;

namespace ClickSink.Tests.Benchmarks.EndToEnd;

/// <summary>
/// <c>kcat | clickhouse-client</c>, both tuned: large fetches (the same as ours) halve kcat's time, and the client sends blocks of a million rows as Native.
/// </summary>
internal static class Peer
{
    private const string Kcat = "kcat -C -q -e -o beginning -X api.version.request=false -X broker.version.fallback=0.9.0.1 "
        + "-X fetch.message.max.bytes=8000000 -X queued.min.messages=1000000";

    /// <summary>From the topic into the table.</summary>
    public static Task<Timing> RunAsync(KafkaServer kafka, ClickHouseServer clickHouse, string topic) => TimeAsync(
        $"""
        {Kcat} -b {kafka.BootstrapServers} -t {topic} |
          clickhouse-client --host 127.0.0.1 --port {clickHouse.TcpPort} --input_format_skip_unknown_fields=1 --date_time_input_format=best_effort \
            --query 'INSERT INTO {BenchTable.Name} FORMAT JSONEachRow'
        """);

    /// <summary>From the topic to nowhere: kcat alone.</summary>
    public static Task<Timing> FetchAsync(KafkaServer kafka, string topic) => TimeAsync($"{Kcat} -b {kafka.BootstrapServers} -t {topic} > /dev/null");

    private static async Task<Timing> TimeAsync(string command)
    {
        var script = $"""
            set -o pipefail
            TIMEFORMAT='%R %U %S'
            time ({command})
            """;
        using var process = Process.Start(new ProcessStartInfo("bash", ["-c", script]) { RedirectStandardError = true })!;
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{command} ended with exit code {process.ExitCode}: {errors}");
        var times = errors.Trim().Split('\n')[^1].Split(' ').Select(t => double.Parse(t, CultureInfo.InvariantCulture)).ToArray();
        return new Timing(times[0], times[1] + times[2]);
    }
}
