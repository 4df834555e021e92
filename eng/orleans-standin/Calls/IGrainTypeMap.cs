using Orleans.Runtime;

namespace Orleans.Standin.Calls;

/// <summary>Which grain class stands behind an interface.</summary>
internal interface IGrainTypeMap
{
    /// <summary>The grain type with this interface.</summary>
    /// <exception cref="ArgumentException">There is none, or there are several to choose from.</exception>
    GrainType GrainTypeOf(Type grainInterface, string? classPrefix);
}
