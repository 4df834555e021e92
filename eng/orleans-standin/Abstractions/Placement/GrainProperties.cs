using System.Collections.Immutable;

namespace Orleans.Metadata;

/// <summary>What a silo tells the others about a grain type.</summary>
public sealed class GrainProperties
{
    /// <summary>Makes the properties.</summary>
    /// <param name="values">By their names.</param>
    public GrainProperties(ImmutableDictionary<string, string> values) => Properties = values;

    /// <summary>The properties by their names.</summary>
    public ImmutableDictionary<string, string> Properties { get; }
}
