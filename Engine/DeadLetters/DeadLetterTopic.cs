using System.Globalization;
using ClickSink.Engine.Delivery;
using ClickSink.Engine.Sinks;
using ClickSink.Engine.Sources.Kafka;
using ClickSink.Engine.Sources.Kafka.Native;
using Confluent.Kafka;

namespace ClickSink.Engine.DeadLetters;

/// <summary>
/// A Kafka topic that gets rejected records, each as a <see cref="DeadLetterEnvelope"/> under its own key. At least once: a block that is
/// written again after a crash sends its dead letters again. Every broker has acknowledged them before the offset moves.
/// </summary>
internal sealed class DeadLetterTopic : IDeadLetterWriter
{
    private const int MaxMessageBytes = 96 << 20;
    private static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(15);

    private readonly string _pipeline;
    private readonly string _source;
    private readonly KafkaSourceOptions _target;
    private readonly TimeProvider _time;
    private readonly TimeSpan _patience;
    private IProducer<byte[], byte[]>? _producer;

    /// <param name="pipeline">The pipeline.</param>
    /// <param name="source">The topic that the records come from.</param>
    /// <param name="target">Brokers and properties, and the topic that they go to.</param>
    /// <param name="time">The clock.</param>
    /// <param name="patience">How long to wait for the brokers' word before that counts as trouble; 15 s by default.</param>
    public DeadLetterTopic(string pipeline, string source, KafkaSourceOptions target, TimeProvider time, TimeSpan? patience = null)
    {
        _pipeline = pipeline;
        _source = source;
        _target = target;
        _time = time;
        _patience = patience ?? DefaultPatience;
    }

    public ValueTask<SinkOutcome> OpenAsync(CancellationToken cancellation)
    {
        try
        {
            _producer ??= Build();
            return ValueTask.FromResult(SinkOutcome.Done);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or KafkaException)
        {
            return ValueTask.FromResult(SinkOutcome.Blocked($"dead letters to Kafka topic {_target.Topic}: {e.Message}. To do: correct source.kafka.properties or errors.deadLetters.brokers."));
        }
    }

    public async ValueTask<SinkOutcome> WriteAsync(SealedBlock block, CancellationToken cancellation)
    {
        if (await OpenAsync(cancellation) is { Kind: not SinkOutcomeKind.Done } refused) return refused;
        try
        {
            await Task.WhenAll(block.DeadLetters.Select(letter => SendAsync(letter, block.Intent.Version, cancellation)));
            return SinkOutcome.Done;
        }
        catch (ProduceException<byte[], byte[]> e)
        {
            var text = $"dead letters of {block.Range} to Kafka topic {_target.Topic} at {_target.Brokers}: {e.Error.Reason}";
            return e.Error.Code is ErrorCode.UnknownTopicOrPart or ErrorCode.Local_UnknownTopic or ErrorCode.TopicAuthorizationFailed or ErrorCode.TopicException or ErrorCode.MsgSizeTooLarge
                ? SinkOutcome.Blocked($"{text}. To do: create the topic, allow this client to write to it and messages of this size, or correct errors.deadLetters.")
                : SinkOutcome.Retry(text);
        }
    }

    public ValueTask DisposeAsync()
    {
        _producer?.Dispose();
        return ValueTask.CompletedTask;
    }

    private IProducer<byte[], byte[]> Build()
    {
        LibRdKafka.EnsureLoaded();
        var properties = KafkaProperties.ForClient(_target);
        properties["acks"] = "all";
        properties["linger.ms"] = "5";
        properties["message.timeout.ms"] = _patience.TotalMilliseconds.ToString(CultureInfo.InvariantCulture);
        properties["message.max.bytes"] = MaxMessageBytes.ToString(CultureInfo.InvariantCulture);
        return new ProducerBuilder<byte[], byte[]>(properties).SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
    }

    private async Task SendAsync(DeadLetter letter, int version, CancellationToken cancellation)
    {
        for (var length = letter.Payload.Length; ; length /= 4)
        {
            var value = DeadLetterEnvelope.Write(_pipeline, _source, version, letter, length, _time.GetUtcNow());
            try
            {
                await _producer!.ProduceAsync(
                    _target.Topic, new Message<byte[], byte[]> { Key = letter.Key.Length == 0 ? null! : letter.Key, Value = value },
                    cancellation);
                return;
            }
            catch (ProduceException<byte[], byte[]> e) when (e.Error.Code is ErrorCode.MsgSizeTooLarge && length > 0)
            {
                // The broker takes no message of this size, now or ever: better one whose payloadBytes tell that it was cut than a pipeline
                // that stands.
            }
        }
    }
}
