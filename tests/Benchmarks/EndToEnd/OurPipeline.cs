using System.Diagnostics;
using System.Net;
using System.Text;
using ClickSink.Servers;
using ClickSink.Servers.ClickHouse;
using ClickSink.Servers.Kafka;
using ClickSink.Tests.Benchmarks.Reporting;

namespace ClickSink.Tests.Benchmarks.EndToEnd;

/// <summary>A pipeline of one replica on a silo that runs already, from the request that creates it to the last row in the table.</summary>
internal static class OurPipeline
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false });

    public static async Task<Timing> RunAsync(SiloServer silo, KafkaServer kafka, ClickHouseServer clickHouse, string topic, BenchTable table, long rows, string id)
    {
        var cpu = ProcessCpu.Seconds(silo.Pid!.Value);
        var start = Stopwatch.GetTimestamp();
        await CreateAsync(silo, kafka, clickHouse, topic, id);
        await WaitForRowsAsync(silo, table, rows, id);
        var timing = new Timing(Stopwatch.GetElapsedTime(start).TotalSeconds, ProcessCpu.Seconds(silo.Pid!.Value) - cpu);
        using var deleted = await Http.DeleteAsync(new Uri(silo.Api, $"api/pipelines/{id}"));
        deleted.EnsureSuccessStatusCode();
        return timing;
    }

    /// <summary>Creates the pipeline, started.</summary>
    public static async Task CreateAsync(SiloServer silo, KafkaServer kafka, ClickHouseServer clickHouse, string topic, string id)
    {
        var document = $$"""
            id: {{id}}
            source:
              kafka: { brokers: "{{kafka.BootstrapServers}}", topic: {{topic}}, properties: { api.version.request: "false", broker.version.fallback: 0.9.0.1 } }
            mapping:
              columns:
                - { name: event_id, type: UUID }
                - { name: seq, type: UInt64 }
                - { name: type, type: String }
                - { name: ts, type: DateTime }
                - { name: content_id, type: UInt32 }
                - { name: position_seconds, type: Float64 }
                - { name: autoplay, type: UInt8 }
            sinks:
              - clickhouse: { url: "http://127.0.0.1:{{clickHouse.HttpPort}}", table: {{BenchTable.Name}} }
            delivery: { maxWait: 200ms }
            """;
        using var created = await Http.PostAsync(new Uri(silo.Api, "api/pipelines"), new StringContent(document, Encoding.UTF8, "application/yaml"));
        if (created.StatusCode is not HttpStatusCode.Created) throw new InvalidOperationException(await created.Content.ReadAsStringAsync());
    }

    /// <summary>Waits until the table has so many rows.</summary>
    public static async Task WaitForRowsAsync(SiloServer silo, BenchTable table, long rows, string id)
    {
        var start = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await table.CountAsync() < rows)
        {
            if (Stopwatch.GetElapsedTime(start) > TimeSpan.FromMinutes(3))
                throw new TimeoutException($"the pipeline did not store {rows} rows: {await Http.GetStringAsync(new Uri(silo.Api, $"api/pipelines/{id}/status"))}");
            await timer.WaitForNextTickAsync();
        }
    }
}
