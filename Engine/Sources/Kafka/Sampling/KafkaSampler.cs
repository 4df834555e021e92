using Microsoft.Extensions.Logging;

namespace ClickSink.Engine.Sources.Kafka.Sampling;

/// <summary>
/// Takes a few messages of a topic for somebody to look at. It belongs to no consumer group that anybody watches, never commits, and has a
/// client of its own, so no
/// pipeline notices it. Works with brokers from 0.9 on.
/// </summary>
public sealed class KafkaSampler
{
    // Never joined and never committed to; librdkafka wants a name to assign partitions at all.
    private const string Group = "clicksink.sample";
    private const long PrefetchBytes = 4 << 20;
    private static readonly TimeSpan LongestPoll = TimeSpan.FromMilliseconds(200);

    private readonly KafkaSourceOptions _source;
    private readonly SampleOptions _options;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly List<SampledMessage> _messages = [];
    private long _bytes;
    private long _startedAt;

    private KafkaSampler(KafkaSourceOptions source, SampleOptions options, ILogger logger, TimeProvider time)
    {
        _source = source;
        _options = options;
        _logger = logger;
        _time = time;
    }

    private TimeSpan TimeLeft => _options.Timeout - _time.GetElapsedTime(_startedAt);

    /// <summary>
    /// Takes a sample. The call blocks for as long as <see cref="SampleOptions.Timeout"/>; run it off threads that are needed elsewhere.
    /// </summary>
    /// <param name="source">Brokers, topic and properties.</param>
    /// <param name="options">How much, and from where.</param>
    /// <param name="logger">Receives librdkafka's own log lines.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="SourceUnavailableException">Kafka does not answer, or has no such topic.</exception>
    /// <exception cref="OperationCanceledException">It was told to stop.</exception>
    public static SampleResult Take(KafkaSourceOptions source, SampleOptions options, ILogger logger, CancellationToken cancellation = default) =>
        new KafkaSampler(source, options, logger, TimeProvider.System).Take(cancellation);

    private SampleResult Take(CancellationToken cancellation)
    {
        _startedAt = _time.GetTimestamp();
        var partitions = KafkaTopics.Bounds(_source, _options.Timeout);
        var plan = SamplePlan.Make(_options.From, _options.Count, partitions);
        string? note = null;
        if (plan.Count > 0)
        {
            // Small fetches: a sample wants a few messages of many places, not the 8 MB that a pipeline reads ahead. A larger message
            // raises it by itself.
            var properties = new Dictionary<string, string>(_source.Properties, StringComparer.Ordinal);
            properties.TryAdd("fetch.message.max.bytes", "262144");
            properties.TryAdd("fetch.wait.max.ms", "50");
            using var consumer = new KafkaConsumer(
                _source with { Properties = properties }, Group, PrefetchBytes, readTimestamps: true, readHeaders: false, _logger);
            foreach (var round in plan)
            {
                note = ReadRound(consumer, round, cancellation);
                if (note is not null) break;
            }
        }

        return new SampleResult([.. _messages.OrderBy(m => m.Partition).ThenBy(m => m.Offset)], partitions, note);
    }

    // Null when the round is complete.
    private string? ReadRound(KafkaConsumer consumer, IReadOnlyList<SampleRun> round, CancellationToken cancellation)
    {
        var wanted = round.ToDictionary(run => run.Partition, run => run.Count);
        var ends = round.ToDictionary(run => run.Partition, run => run.From + run.Count);
        var from = round.ToDictionary(run => run.Partition, run => run.From);
        consumer.Assign([.. round.Select(run => new PartitionOffset(run.Partition, run.From))]);
        while (wanted.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            if (TimeLeft <= TimeSpan.Zero)
                return $"the time-out of {_options.Timeout.TotalSeconds:0.#} s was over{(consumer.Trouble is { } trouble ? $"; {trouble}" : "")}";
            var count = consumer.Poll(TimeLeft < LongestPoll ? TimeLeft : LongestPoll);
            for (var i = 0; i < count; i++)
            {
                var kind = consumer.Read(i, out var message, out _);
                if (!wanted.TryGetValue(message.Partition, out var left)) continue;
                // Left over from the round before.
                if (message.Offset < from[message.Partition]) continue;
                var isOver = kind is SourceEntryKind.EndOfPartition or SourceEntryKind.OffsetOutOfRange;
                if (kind is SourceEntryKind.Message)
                {
                    // Where offsets without a message lie in between, the run is shorter: beyond its end another run or nobody reads.
                    if (message.Offset >= ends[message.Partition])
                    {
                        isOver = true;
                    }
                    else
                    {
                        Keep(message);
                        if (_bytes >= _options.MaxBytes.Bytes) return $"the sample's size of {_options.MaxBytes} was reached";
                        wanted[message.Partition] = --left;
                        isOver = left == 0;
                    }
                }

                if (isOver) wanted.Remove(message.Partition);
            }
        }

        return null;
    }

    private void Keep(in Formats.Message message)
    {
        _messages.Add(new SampledMessage(
            message.Partition, message.Offset, message.TimestampMilliseconds, message.HasKey
                ? message.Key.ToArray()
                : null, message.IsNull
                ? null
                : message.Value.ToArray()));
        _bytes += message.Value.Length + message.Key.Length;
    }
}
