namespace ClickSink.Grains.Interfaces.Pipelines;

/// <summary>How putting a document in place ended.</summary>
[GenerateSerializer, Alias("clicksink.ApplyOutcome")]
public enum ApplyOutcome
{
    /// <summary>The pipeline is new.</summary>
    Created = 0,

    /// <summary>It has a new version.</summary>
    Updated = 1,

    /// <summary>The document is the one in place.</summary>
    Unchanged = 2,

    /// <summary>The document has faults; nothing changed.</summary>
    Refused = 3,

    /// <summary>Another version is in place than the one expected; nothing changed.</summary>
    Conflict = 4,
}
