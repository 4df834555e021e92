using System.Diagnostics;
using System.Globalization;
using ClickSink.Engine.Sources;
using ClickSink.Engine.Sources.Generator;
using ClickSink.Engine.Sources.Kafka;
using ClickSink.Servers;
using ClickSink.Servers.Kafka;
using ClickSink.Tests.Benchmarks.EndToEnd;
using ClickSink.Tests.Benchmarks.Reporting;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickSink.Tests.Benchmarks.Fetch;

/// <summary>
/// What it costs to get messages out of Kafka: kcat, tuned as in the end-to-end benchmark and writing to nowhere, and our consumer, which looks at the value of every
/// message. By turns on the same topic. Arguments: messages (default 2000000), rounds (default 5). The first round of each side is not counted.
/// </summary>
internal static class FetchBench
{
    private const string Topic = "engagement";
    private const int Partitions = 4;

    // What a pipeline with the default budget reads ahead.
    private const long PrefetchBytes = 64L << 20;

    public static void Run(string[] arguments) => RunAsync(
        arguments.Length > 0 ? long.Parse(arguments[0], CultureInfo.InvariantCulture) : 2_000_000,
        arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 5).GetAwaiter().GetResult();

    private static async Task RunAsync(long messages, int rounds)
    {
        await using var set = await ServerSet.OpenAsync(Path.Combine(Checkout.DataFolder, "bench"), fresh: true);
        var kafka = await set.AddAsync("kafka", folder => new KafkaServer(folder));
        await set.StartAsync();
        await kafka.CreateTopicAsync(Topic, Partitions);
        Console.WriteLine($"sending {messages} events");
        var topic = new KafkaSourceOptions { Brokers = kafka.BootstrapServers, Topic = Topic, Properties = KafkaServer.ClientSettings };
        var events = new EngagementEvents(1, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        EventProducer.Send(topic, Partitions, events, 0, messages, null, CancellationToken.None);

        List<Timing> ours = [], peers = [];
        for (var round = 0; round <= rounds; round++)
        {
            var peer = await Peer.FetchAsync(kafka, Topic);
            var our = Consume(topic, messages);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"round {round}: kcat {peer.Seconds:0.00} s ({peer.CpuSeconds:0.00} s CPU), clicksink {our.Seconds:0.00} s ({our.CpuSeconds:0.00} s CPU)"));
            if (round == 0) continue;
            peers.Add(peer);
            ours.Add(our);
        }

        BenchReport.Write(
            "fetch",
            BenchRow.Of("cpu", "CPU-seconds a million messages", Millionth(ours, t => t.CpuSeconds), Millionth(peers, t => t.CpuSeconds)),
            BenchRow.Of("messages", "messages/s", 1e6 / Millionth(ours, t => t.Seconds), 1e6 / Millionth(peers, t => t.Seconds)));

        double Millionth(List<Timing> timings, Func<Timing, double> value) => BenchReport.Median(timings.Select(value)) / messages * 1e6;
    }

    private static Timing Consume(KafkaSourceOptions topic, long messages)
    {
        var cpu = Environment.CpuUsage.TotalTime;
        var start = Stopwatch.GetTimestamp();
        using (var consumer = new KafkaConsumer(topic, "bench-fetch", PrefetchBytes, readTimestamps: false, readHeaders: false, NullLogger.Instance))
        {
            consumer.Assign([.. Enumerable.Range(0, Partitions).Select(partition => new PartitionOffset(partition, 0))]);
            long seen = 0, bytes = 0, braces = 0;
            while (seen < messages)
            {
                var count = consumer.Poll(TimeSpan.FromSeconds(1));
                for (var i = 0; i < count; i++)
                {
                    if (consumer.Read(i, out var message, out var error) is not SourceEntryKind.Message)
                    {
                        if (error is not null) throw new InvalidOperationException(error);
                        continue;
                    }

                    seen++;
                    bytes += message.Value.Length;
                    if (message.Value[^1] == '}') braces++;
                }
            }

            if (seen != messages || braces != messages || bytes == 0)
                throw new InvalidOperationException($"{seen} messages came, {braces} of them whole; {messages} were sent");
        }

        return new Timing(Stopwatch.GetElapsedTime(start).TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds);
    }
}
