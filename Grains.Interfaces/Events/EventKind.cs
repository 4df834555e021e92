namespace ClickSink.Grains.Interfaces.Events;

/// <summary>What happened to a pipeline. Stored and told by name, in camelCase: a name once given stays.</summary>
public enum EventKind
{
    /// <summary>Somebody created it.</summary>
    Created,

    /// <summary>Somebody put a new version of its document in place.</summary>
    Updated,

    /// <summary>Somebody deleted it.</summary>
    Deleted,

    /// <summary>Somebody started it.</summary>
    Started,

    /// <summary>Somebody stopped it.</summary>
    Stopped,

    /// <summary>Somebody paused it.</summary>
    Paused,

    /// <summary>Somebody let it go on after a pause.</summary>
    Resumed,

    /// <summary>Somebody changed how many replicas it has.</summary>
    Scaled,

    /// <summary>Somebody asked for a rewind; it is carried out once the pipeline is drained.</summary>
    RewindRequested,

    /// <summary>A rewind was carried out.</summary>
    Rewound,

    /// <summary>Its partitions were handed out under a new epoch.</summary>
    Assigned,

    /// <summary>A replica runs on another silo now; its former one still answered.</summary>
    Moved,

    /// <summary>A replica runs on another silo now, because its former one did not answer.</summary>
    FailedOver,

    /// <summary>A worker stopped because another owner of its partitions has written.</summary>
    Fenced,

    /// <summary>Something does not answer; it is tried again.</summary>
    Retrying,

    /// <summary>Somebody has to repair something; it is tried again until then.</summary>
    Blocked,

    /// <summary>A trouble is over.</summary>
    Recovered,

    /// <summary>It stopped in front of something that needs a decision.</summary>
    Faulted,

    /// <summary>Kafka no longer had the offset to go on from, and it went on elsewhere as <c>source.kafka.onLostOffsets</c> says.</summary>
    OffsetsLost,

    /// <summary>Somebody asked for a replay of dead letters.</summary>
    ReplayBegan,

    /// <summary>A replay of dead letters is done, or was ended.</summary>
    ReplayEnded,

    /// <summary>Somebody marked dead letters as not wanted.</summary>
    DeadLettersDiscarded,

    /// <summary>Messages had fields that nobody mapped, and a new version of the document has columns for them (<c>mapping.unknown: add</c>).</summary>
    ColumnsAdded,
}
