namespace ClickSink.Engine.Delivery;

/// <summary>What a worker is doing.</summary>
public enum WorkerPhase
{
    /// <summary>Connecting to its source and sink.</summary>
    Starting,

    /// <summary>Writing again what was in hand when its predecessor ended.</summary>
    Recovering,

    /// <summary>Moving records.</summary>
    Running,

    /// <summary>The source, the sink or the store of progress does not answer; it tries again by itself.</summary>
    Retrying,

    /// <summary>Somebody has to repair something; it tries again slowly and goes on by itself once that is done.</summary>
    Blocked,

    /// <summary>Finishing what is in hand before it stops.</summary>
    Draining,

    /// <summary>Stopped as asked.</summary>
    Stopped,

    /// <summary>Stopped in front of something that needs a decision: a rejected record under the policy <c>stop</c>, or an offset that is gone.</summary>
    Faulted,

    /// <summary>Ended because the sink refuses what a former version has to write; the present version writes it under the same tokens.</summary>
    Refused,

    /// <summary>Stopped in front of a message with fields that have no column yet: <see cref="WorkerSnapshot.NewColumns"/>. The next version has them.</summary>
    Outgrown,

    /// <summary>Stopped because another owner took over.</summary>
    Fenced,

    /// <summary>Ended by a fault of the program; it is started again.</summary>
    Crashed,
}
