namespace Orleans.Runtime.Placement;

/// <summary>Chooses the silo of a new activation.</summary>
public interface IPlacementDirector
{
    /// <summary>Chooses.</summary>
    /// <param name="strategy">The grain class's strategy.</param>
    /// <param name="target">The grain.</param>
    /// <param name="context">The silos that there are.</param>
    Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context);
}

/// <summary>The silos that a director chooses from.</summary>
public interface IPlacementContext
{
    /// <summary>The silo that asks.</summary>
    SiloAddress LocalSilo { get; }

    /// <summary>Its state.</summary>
    SiloStatus LocalSiloStatus { get; }

    /// <summary>The active silos that have the grain's class.</summary>
    /// <param name="target">The grain.</param>
    /// <exception cref="OrleansException">There is none.</exception>
    SiloAddress[] GetCompatibleSilos(PlacementTarget target);
}

/// <summary>The grain that a director chooses a silo for.</summary>
public readonly struct PlacementTarget
{
    /// <summary>Makes a target.</summary>
    /// <param name="grainIdentity">The grain.</param>
    /// <param name="requestContextData">What the call carries beside its arguments.</param>
    /// <param name="interfaceType">The interface that it is called by.</param>
    /// <param name="interfaceVersion">The version of that interface; 0 without versions.</param>
    public PlacementTarget(
        GrainId grainIdentity, Dictionary<string, object> requestContextData, GrainInterfaceType interfaceType, ushort interfaceVersion)
    {
        GrainIdentity = grainIdentity;
        RequestContextData = requestContextData;
        InterfaceType = interfaceType;
        InterfaceVersion = interfaceVersion;
    }

    /// <summary>The grain.</summary>
    public GrainId GrainIdentity { get; }

    /// <summary>The interface that it is called by.</summary>
    public GrainInterfaceType InterfaceType { get; }

    /// <summary>The version of that interface; 0 without versions.</summary>
    public ushort InterfaceVersion { get; }

    /// <summary>What the call carries beside its arguments.</summary>
    public Dictionary<string, object> RequestContextData { get; }
}
