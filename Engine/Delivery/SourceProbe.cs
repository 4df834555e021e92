using ClickSink.Engine.Sources;

namespace ClickSink.Engine.Delivery;

/// <summary>
/// Finds out, while nothing comes in, whether a source that complained is back. librdkafka says when all brokers are gone, but not when they are back while
/// nothing is produced.
/// </summary>
internal sealed class SourceProbe
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    private readonly PipelinePlan _plan;
    private readonly IMessageSource _source;
    private readonly WorkerProgress _progress;

    public SourceProbe(PipelinePlan plan, IMessageSource source, WorkerProgress progress)
    {
        _plan = plan;
        _source = source;
        _progress = progress;
    }

    /// <summary>Asks for a partition that is read, if there is a complaint, and reports what that tells. Called by the reading thread.</summary>
    public void Ask(int partition)
    {
        if (_source.Trouble is not { } trouble) return;
        try
        {
            _source.QueryBounds(partition, Timeout);
            _source.ForgetTrouble();
            _progress.ReportReading(null);
        }
        catch (SourceUnavailableException)
        {
            _progress.ReportReading($"Kafka at {_plan.Options.Source.Kafka!.Brokers}: {trouble}; reading goes on by itself when it is back");
        }
    }
}
