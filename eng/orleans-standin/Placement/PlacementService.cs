using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Runtime.Placement;
using Orleans.Standin.Runtime;

namespace Orleans.Standin.Placement;

/// <summary>Asks the director of a grain class's strategy for a silo.</summary>
internal sealed class PlacementService
{
    private readonly IServiceProvider _services;
    private readonly IPlacementContext _context;

    public PlacementService(IServiceProvider services, IPlacementContext context) => (_services, _context) = (services, context);

    public Task<SiloAddress> ChooseAsync(GrainId grain, GrainClass? grainClass, GrainInterfaceType calledBy)
    {
        // A silo without the class still has to place its grains: on one that has it.
        var strategy = grainClass?.Placement ?? new RandomPlacement();
        var director = _services.GetKeyedService<IPlacementDirector>(strategy.GetType())
            ?? throw new OrleansConfigurationException(
                $"{grainClass!.Type} is placed by {strategy.GetType()}, which has no director: call AddPlacementDirector on the silo builder.");
        return director.OnAddActivation(strategy, new PlacementTarget(grain, [], calledBy, 0), _context);
    }
}
