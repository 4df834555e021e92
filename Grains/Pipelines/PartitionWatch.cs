using ClickSink.Engine.Pipelines;
using ClickSink.Engine.Sources;
using ClickSink.Engine.Sources.Kafka;

namespace ClickSink.Grains.Pipelines;

/// <summary>Knows the partitions of a pipeline's topic. Kafka is asked off the grain's turns, since the call blocks; the answer is there at a later tick.</summary>
internal sealed class PartitionWatch
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstAnswer = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    private readonly TimeProvider _time;
    private readonly TimeSpan _askAgain;
    private Task<IReadOnlyList<int>>? _asking;
    private KafkaSourceOptions? _source;
    private DateTimeOffset _next = DateTimeOffset.MinValue;

    public PartitionWatch(TimeProvider time, TimeSpan askAgain)
    {
        _time = time;
        _askAgain = askAgain;
    }

    /// <summary>The partitions of the topic; null while they are not known.</summary>
    public IReadOnlyList<int>? Known { get; private set; }

    /// <summary>Why they are not known; null when they are.</summary>
    public string? Trouble { get; private set; }

    /// <summary>
    /// Takes an answer in that has come, and asks again when it is time. A first answer is waited for a moment, so that a start need not wait for another tick.
    /// </summary>
    public async Task RefreshAsync(PipelineOptions options)
    {
        var source = options.Source.Kafka!;
        if (source.Topic != _source?.Topic || source.Brokers != _source.Brokers) Restart(source);
        if (_asking is null && _time.GetUtcNow() >= _next) _asking = Task.Run(() => KafkaTopic.ListPartitions(source, Timeout));
        if (_asking is not null && Known is null) await Task.WhenAny(_asking, Task.Delay(FirstAnswer, _time));
        if (_asking is { IsCompleted: true }) TakeIn(_asking);
    }

    private void Restart(KafkaSourceOptions source)
    {
        _source = source;
        _asking = null;
        _next = DateTimeOffset.MinValue;
        Known = null;
        Trouble = null;
    }

    private void TakeIn(Task<IReadOnlyList<int>> answer)
    {
        _asking = null;
        if (answer.IsCompletedSuccessfully)
        {
            // A topic never loses partitions; a shorter list is a broker that does not know all of them yet.
            if (Known is null || answer.Result.Count >= Known.Count) Known = answer.Result;
            Trouble = null;
            _next = _time.GetUtcNow() + _askAgain;
            return;
        }

        var cause = answer.Exception?.InnerException;
        Trouble = cause is SourceUnavailableException ? cause.Message : $"the partitions of the topic cannot be listed: {cause?.Message}";
        _next = _time.GetUtcNow() + RetryAfter;
    }
}
