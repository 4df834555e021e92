namespace Orleans.Runtime;

/// <summary>How the silo of a new activation is chosen. A director decides for it.</summary>
public abstract class PlacementStrategy
{
    /// <summary>Whether the directory holds the grain to one activation in the cluster.</summary>
    public virtual bool IsUsingGrainDirectory => true;

    /// <summary>Reads the strategy's settings from the grain type's properties.</summary>
    /// <param name="properties">The properties.</param>
    public virtual void Initialize(Metadata.GrainProperties properties)
    {
    }

    /// <summary>Writes the strategy's settings to the grain type's properties.</summary>
    /// <param name="services">The silo's services.</param>
    /// <param name="grainClass">The grain class.</param>
    /// <param name="grainType">The grain type.</param>
    /// <param name="properties">The properties.</param>
    public virtual void PopulateGrainProperties(
        IServiceProvider services, Type grainClass, GrainType grainType, Dictionary<string, string> properties) =>
        properties["placement-strategy"] = GetType().Name;
}

/// <summary>Any silo. The default.</summary>
public sealed class RandomPlacement : PlacementStrategy;

/// <summary>The silo that the call came in at, if it can; else any.</summary>
public sealed class PreferLocalPlacement : PlacementStrategy;
