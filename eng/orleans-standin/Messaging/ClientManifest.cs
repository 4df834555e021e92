using Orleans.Runtime;
using Orleans.Standin.Calls;

namespace Orleans.Standin.Messaging;

/// <summary>The cluster's grain classes as a client knows them, from a gateway.</summary>
internal sealed class ClientManifest : IGrainTypeMap
{
    private volatile GrainManifest? _manifest;

    public GrainManifest? Current
    {
        set => _manifest = value;
    }

    public GrainType GrainTypeOf(Type grainInterface, string? classPrefix) => GrainManifest.Choose(
        (_manifest ?? throw new InvalidOperationException("The client is not connected: start its host before it makes grain references.")).Grains,
        grainInterface,
        classPrefix);
}
