namespace ClickSink.Engine.Pipelines;

/// <summary>What an operator wants of a pipeline.</summary>
public enum DesiredState
{
    /// <summary>Its replicas run.</summary>
    Started,

    /// <summary>Its replicas are drained and stay stopped.</summary>
    Stopped,

    /// <summary>Its replicas are drained and wait to go on.</summary>
    Paused,
}
