using System.Diagnostics;
using ClickSink.Engine.Sources.Generator;
using ClickSink.Engine.Sources.Kafka.Native;
using ClickSink.Servers.Kafka;
using Confluent.Kafka;

namespace ClickSink.Tests.Shared.Chaos;

/// <summary>Sends events at a fixed rate, in turn to several topics and their partitions, and goes on through a broker's absence.</summary>
public sealed class SteadyLoad : IAsyncDisposable
{
    private const int TicksPerSecond = 50;

    private readonly IReadOnlyList<string> _topics;
    private readonly int _partitions;
    private readonly int _eventsPerSecond;
    private readonly IProducer<Null, byte[]> _producer;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _sending;
    private long _refused;

    /// <summary>Starts sending.</summary>
    public SteadyLoad(KafkaServer kafka, IReadOnlyList<string> topics, int partitions, int eventsPerSecond)
    {
        _topics = topics;
        _partitions = partitions;
        _eventsPerSecond = eventsPerSecond;
        LibRdKafka.EnsureLoaded();
        var settings = new Dictionary<string, string>(KafkaServer.ClientSettings)
        {
            ["bootstrap.servers"] = kafka.BootstrapServers,
            ["acks"] = "all",
            ["linger.ms"] = "10",
            ["queue.buffering.max.messages"] = "5000000",
            ["queue.buffering.max.kbytes"] = "1048576",
            ["message.timeout.ms"] = "600000",
            ["retry.backoff.ms"] = "100",
            ["reconnect.backoff.max.ms"] = "500",
        };
        _producer = new ProducerBuilder<Null, byte[]>(settings).SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
        _sending = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Events handed to the client so far.</summary>
    public long Sent { get; private set; }

    /// <summary>Events that the broker did not take, as while it restarted: they are in no topic, so nobody misses them.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Ends the load and waits until the broker has taken what it takes.</summary>
    public async Task FinishAsync()
    {
        await _stop.CancelAsync();
        await _sending;
        await Task.Run(() => _producer.Flush(TimeSpan.FromMinutes(2)));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _sending;
        _producer.Dispose();
        _stop.Dispose();
    }

    private void Run()
    {
        var events = new EngagementEvents(3, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        var start = Stopwatch.GetTimestamp();
        while (!_stop.IsCancellationRequested)
        {
            var due = (long)(Stopwatch.GetElapsedTime(start).TotalSeconds * _eventsPerSecond);
            for (; Sent < due; Sent++)
            {
                var target = new TopicPartition(_topics[(int)(Sent % _topics.Count)], (int)(Sent / _topics.Count % _partitions));
                if (!TryProduce(target, events.Next(Sent).ToArray())) break;
            }

            _stop.Token.WaitHandle.WaitOne(1000 / TicksPerSecond);
        }
    }

    // A broker that has just started does not know its topics yet; the event is sent at a later tick.
    private bool TryProduce(TopicPartition target, byte[] value)
    {
        try
        {
            _producer.Produce(target, new Message<Null, byte[]> { Value = value }, OnReport);
            return true;
        }
        catch (ProduceException<Null, byte[]> e) when (!e.Error.IsFatal)
        {
            return false;
        }
    }

    private void OnReport(DeliveryReport<Null, byte[]> report)
    {
        if (report.Error.IsError) Interlocked.Increment(ref _refused);
    }
}
