namespace ClickSink.Grains.Interfaces.Pipelines;

/// <summary>What an operator wants of a pipeline.</summary>
[GenerateSerializer, Alias("clicksink.WantedState")]
public enum WantedState
{
    /// <summary>Its replicas are drained and stay stopped.</summary>
    Stopped = 0,

    /// <summary>Its replicas run.</summary>
    Started = 1,

    /// <summary>Its replicas are drained and wait to go on as they were.</summary>
    Paused = 2,
}
