using System.Globalization;
using ClickSink.Engine.Sources.Kafka;
using ClickSink.Engine.Sources.Kafka.Native;
using Confluent.Kafka;

namespace ClickSink.Engine.Sources.Generator;

/// <summary>Synthetic load: sends numbered engagement events to a Kafka topic.</summary>
public static class EventProducer
{
    /// <summary>Sends events and waits until the broker has all of them.</summary>
    /// <param name="target">Brokers, topic and client properties.</param>
    /// <param name="partitions">How many partitions the topic has; events go round.</param>
    /// <param name="events">The generator.</param>
    /// <param name="first">Number of the first event.</param>
    /// <param name="count">How many events.</param>
    /// <param name="progress">Told the number of events sent, now and then.</param>
    /// <param name="cancellation">Ends it between two events.</param>
    /// <exception cref="SourceUnavailableException">The broker refused or lost an event.</exception>
    public static void Send(
        KafkaSourceOptions target, int partitions, EngagementEvents events, long first, long count, IProgress<long>? progress, CancellationToken cancellation)
    {
        LibRdKafka.EnsureLoaded();
        var properties = KafkaProperties.ForClient(target);
        properties["acks"] = "all";
        properties["linger.ms"] = "20";
        properties["batch.num.messages"] = "20000";
        properties["queue.buffering.max.kbytes"] = "131072";
        properties["queue.buffering.max.messages"] = "400000";
        string? fault = null;
        using var producer = new ProducerBuilder<Null, byte[]>(properties).SetLogHandler((_, _) => { }).Build();
        for (var sequence = first; sequence < first + count; sequence++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (fault is not null) throw new SourceUnavailableException(fault);
            var message = new Message<Null, byte[]> { Value = events.Next(sequence).ToArray() };
            Produce(producer, new TopicPartition(target.Topic, (int)(sequence % partitions)), message, report =>
            {
                if (report.Error.IsError) fault = string.Create(CultureInfo.InvariantCulture, $"an event was not taken by {target.Topic}[{report.Partition.Value}]: {report.Error.Reason}");
            });
            if (sequence % 10_000 == 0) progress?.Report(sequence - first);
        }

        producer.Flush(cancellation);
        if (fault is not null) throw new SourceUnavailableException(fault);
        progress?.Report(count);
    }

    private static void Produce(IProducer<Null, byte[]> producer, TopicPartition target, Message<Null, byte[]> message, Action<DeliveryReport<Null, byte[]>> onReport)
    {
        while (true)
        {
            try
            {
                producer.Produce(target, message, onReport);
                return;
            }
            catch (ProduceException<Null, byte[]> e) when (e.Error.Code is ErrorCode.Local_QueueFull)
            {
                // The broker is slower than we are: let it take some.
                producer.Poll(TimeSpan.FromMilliseconds(50));
            }
        }
    }
}
