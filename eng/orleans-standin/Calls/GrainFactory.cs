using Orleans.Runtime;

namespace Orleans.Standin.Calls;

/// <summary>References to grains, for silos and clients alike; what differs is the router and what is known of the cluster's classes.</summary>
internal sealed class GrainFactory : IClusterClient
{
    private readonly IGrainTypeMap _types;

    public GrainFactory(IServiceProvider services, IGrainTypeMap types) => (ServiceProvider, _types) = (services, types);

    public IServiceProvider ServiceProvider { get; }

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey =>
        (TGrainInterface)GetGrain(typeof(TGrainInterface), primaryKey, grainClassNamePrefix);

    public TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithIntegerKey =>
        (TGrainInterface)GetGrain(typeof(TGrainInterface), primaryKey.ToString("X"), grainClassNamePrefix);

    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
        where TGrainInterface : IAddressable => (TGrainInterface)GrainProxy.Create(typeof(TGrainInterface), grainId, ServiceProvider);

    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey) => GetGrain(grainInterfaceType, grainPrimaryKey, null);

    private IGrain GetGrain(Type grainInterface, string key, string? classPrefix)
    {
        var type = _types.GrainTypeOf(grainInterface, classPrefix);
        return (IGrain)GrainProxy.Create(grainInterface, GrainId.Create(type, key), ServiceProvider);
    }
}
