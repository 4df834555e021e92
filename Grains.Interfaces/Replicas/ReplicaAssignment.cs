namespace ClickSink.Grains.Interfaces.Replicas;

/// <summary>What a replica is to do.</summary>
[GenerateSerializer, Immutable, Alias("clicksink.ReplicaAssignment")]
public sealed record ReplicaAssignment
{
    /// <summary>Epoch of the assignment.</summary>
    [Id(0)]
    public required long Epoch { get; init; }

    /// <summary>Generation of the pipeline.</summary>
    [Id(1)]
    public required long Generation { get; init; }

    /// <summary>Version of the document to run.</summary>
    [Id(2)]
    public required int Version { get; init; }

    /// <summary>The documents, with their secrets, by version: the one to run, and those that open intents were made with.</summary>
    [Id(3)]
    public required Dictionary<int, string> Documents { get; init; }

    /// <summary>The partitions and where each goes on. Counts only for an epoch that the replica has not seen.</summary>
    [Id(4)]
    public required PartitionProgress[] Partitions { get; init; }

    /// <summary>Raised by each start: a worker that stopped in front of a fault runs again only for a newer one.</summary>
    [Id(5)]
    public long Attempt { get; init; }
}
