using Orleans.Runtime;

namespace Orleans;

/// <summary>Makes references to grains. A reference costs nothing: no call is made and no activation is started.</summary>
public interface IGrainFactory
{
    /// <summary>A grain with a text key.</summary>
    /// <param name="primaryKey">The key.</param>
    /// <param name="grainClassNamePrefix">Chooses among several classes with this interface, by the start of the class name.</param>
    /// <typeparam name="TGrainInterface">Its interface.</typeparam>
    /// <exception cref="ArgumentException">No silo has a class with this interface.</exception>
    TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey;

    /// <summary>A grain with a number as key.</summary>
    /// <param name="primaryKey">The key.</param>
    /// <param name="grainClassNamePrefix">Chooses among several classes with this interface, by the start of the class name.</param>
    /// <typeparam name="TGrainInterface">Its interface.</typeparam>
    TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithIntegerKey;

    /// <summary>A grain by its identity.</summary>
    /// <param name="grainId">The identity.</param>
    /// <typeparam name="TGrainInterface">Its interface.</typeparam>
    TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
        where TGrainInterface : IAddressable;

    /// <summary>A grain with a text key.</summary>
    /// <param name="grainInterfaceType">Its interface.</param>
    /// <param name="grainPrimaryKey">The key.</param>
    IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey);
}
