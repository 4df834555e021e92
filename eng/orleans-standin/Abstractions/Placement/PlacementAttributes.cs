using Orleans.Runtime;

namespace Orleans.Placement;

/// <summary>Gives a grain class its placement.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public abstract class PlacementAttribute : Attribute
{
    /// <summary>Gives the strategy.</summary>
    /// <param name="placement">The strategy.</param>
    protected PlacementAttribute(PlacementStrategy placement)
    {
        ArgumentNullException.ThrowIfNull(placement);
        PlacementStrategy = placement;
    }

    /// <summary>The strategy.</summary>
    public PlacementStrategy PlacementStrategy { get; }

    /// <summary>Writes the strategy to the grain type's properties.</summary>
    /// <param name="services">The silo's services.</param>
    /// <param name="grainClass">The grain class.</param>
    /// <param name="grainType">The grain type.</param>
    /// <param name="properties">The properties.</param>
    public virtual void Populate(
        IServiceProvider services, Type grainClass, GrainType grainType, Dictionary<string, string> properties) =>
        PlacementStrategy.PopulateGrainProperties(services, grainClass, grainType, properties);
}

/// <summary>Any silo. The default.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public sealed class RandomPlacementAttribute : PlacementAttribute
{
    /// <summary>Gives this placement.</summary>
    public RandomPlacementAttribute()
        : base(new RandomPlacement())
    {
    }
}

/// <summary>The silo that the call came in at, if it can; else any.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public sealed class PreferLocalPlacementAttribute : PlacementAttribute
{
    /// <summary>Gives this placement.</summary>
    public PreferLocalPlacementAttribute()
        : base(new PreferLocalPlacement())
    {
    }
}
