using Orleans.Placement;

namespace ClickSink.Grains.Placement;

/// <summary>Places an activation on the silo that has the fewest replicas.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class FewestReplicasAttribute : PlacementAttribute
{
    /// <summary>Marks a grain.</summary>
    public FewestReplicasAttribute()
        : base(new FewestReplicasStrategy())
    {
    }
}
