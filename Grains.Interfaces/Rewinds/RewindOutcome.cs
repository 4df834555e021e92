namespace ClickSink.Grains.Interfaces.Rewinds;

/// <summary>How a request for a rewind ended.</summary>
[GenerateSerializer, Alias("clicksink.RewindOutcome")]
public enum RewindOutcome
{
    /// <summary>It is carried out once the pipeline is drained.</summary>
    Accepted = 0,

    /// <summary>There is no such pipeline.</summary>
    NotFound = 1,

    /// <summary>The pipeline is started, or another rewind is under way.</summary>
    Conflict = 2,

    /// <summary>It asks for what cannot be done; nothing changed.</summary>
    Refused = 3,

    /// <summary>Kafka does not answer, so it cannot be checked; nothing changed.</summary>
    Unavailable = 4,
}
