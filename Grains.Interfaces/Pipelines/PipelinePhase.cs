namespace ClickSink.Grains.Interfaces.Pipelines;

/// <summary>What a pipeline, or one of its replicas, is doing.</summary>
[GenerateSerializer, Alias("clicksink.PipelinePhase")]
public enum PipelinePhase
{
    /// <summary>Stopped as asked.</summary>
    Stopped = 0,

    /// <summary>Finding its partitions, connecting.</summary>
    Starting = 1,

    /// <summary>Writing again what was in hand when a former owner ended.</summary>
    Recovering = 2,

    /// <summary>Moving records.</summary>
    Running = 3,

    /// <summary>Finishing what is in hand before it stops or changes.</summary>
    Draining = 4,

    /// <summary>Something does not answer; it tries again by itself.</summary>
    Retrying = 5,

    /// <summary>Somebody has to repair something; it goes on by itself after that.</summary>
    Blocked = 6,

    /// <summary>Stopped in front of something that needs a decision.</summary>
    Faulted = 7,

    /// <summary>Paused as asked.</summary>
    Paused = 8,

    /// <summary>Drained, and about to go to other offsets.</summary>
    Rewinding = 9,
}
