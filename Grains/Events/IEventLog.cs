using ClickSink.Grains.Interfaces.Events;

namespace ClickSink.Grains.Events;

/// <summary>Where grains tell what happened. Events are for people: nothing waits for them, and none of them can fail a pipeline.</summary>
public interface IEventLog
{
    /// <summary>Takes an event in. Never blocks, never throws; may be called from any thread.</summary>
    void Write(PipelineEvent happened);
}
