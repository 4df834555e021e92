using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Standin.Locating;
using Orleans.Standin.Placement;
using Orleans.Standin.Serialization;

namespace Orleans.Standin.Runtime;

/// <summary>What every activation needs of its silo.</summary>
internal sealed class ActivationServices
{
    private readonly Lazy<GrainLocator> _locator;
    private readonly Lazy<PlacementService> _placement;
    private readonly Lazy<ActivationTable> _activations;

    public ActivationServices(
        IServiceProvider services,
        WireSerializer serializer,
        ILocalSiloDetails details,
        IOptions<GrainCollectionOptions> collection,
        TimeProvider time,
        ILogger<Activation> logger)
    {
        (Services, Serializer, Collection, Time, Logger) = (services, serializer, collection.Value, time, logger);
        Address = details.SiloAddress;

        // These know activations themselves: they are looked up when the first activation starts.
        _locator = new Lazy<GrainLocator>(services.GetRequiredService<GrainLocator>);
        _placement = new Lazy<PlacementService>(services.GetRequiredService<PlacementService>);
        _activations = new Lazy<ActivationTable>(services.GetRequiredService<ActivationTable>);
    }

    public IServiceProvider Services { get; }

    public WireSerializer Serializer { get; }

    public GrainCollectionOptions Collection { get; }

    public TimeProvider Time { get; }

    public ILogger Logger { get; }

    public SiloAddress Address { get; }

    public GrainLocator Locator => _locator.Value;

    public PlacementService Placement => _placement.Value;

    public ActivationTable Activations => _activations.Value;

    public ISiloControl Control(SiloAddress silo) => SiloControl.Of(silo, Services);
}
