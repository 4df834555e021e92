namespace Orleans.Standin.Tests.Cluster;

/// <summary>One cluster of processes at a time: on two cores, several would take each other's silos for dead.</summary>
[CollectionDefinition(Name)]
public static class ClusterCollection
{
    public const string Name = "cluster of processes";
}
