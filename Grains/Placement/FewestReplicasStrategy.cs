using Orleans.Runtime;

namespace ClickSink.Grains.Placement;

/// <summary>The strategy behind <see cref="FewestReplicasAttribute"/>; <see cref="FewestReplicasDirector"/> carries it out.</summary>
[GenerateSerializer, Immutable, Alias("clicksink.FewestReplicas")]
public sealed class FewestReplicasStrategy : PlacementStrategy;
