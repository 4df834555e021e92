using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace Orleans.Hosting;

/// <summary>Placement of the program's own.</summary>
public static class PlacementStrategyExtensions
{
    /// <summary>Adds the director of a strategy.</summary>
    /// <param name="builder">The silo.</param>
    /// <typeparam name="TStrategy">The strategy.</typeparam>
    /// <typeparam name="TDirector">Who decides for it.</typeparam>
    public static ISiloBuilder AddPlacementDirector<TStrategy, TDirector>(this ISiloBuilder builder)
        where TStrategy : PlacementStrategy, new()
        where TDirector : class, IPlacementDirector
    {
        builder.Services.AddPlacementDirector<TStrategy, TDirector>();
        return builder;
    }

    /// <summary>Adds the director of a strategy.</summary>
    /// <param name="builder">The silo.</param>
    /// <param name="createDirector">Makes who decides for it.</param>
    /// <typeparam name="TStrategy">The strategy.</typeparam>
    public static ISiloBuilder AddPlacementDirector<TStrategy>(
        this ISiloBuilder builder, Func<IServiceProvider, IPlacementDirector> createDirector)
        where TStrategy : PlacementStrategy, new()
    {
        builder.Services.AddPlacementDirector<TStrategy>(createDirector);
        return builder;
    }

    /// <summary>Adds the director of a strategy.</summary>
    /// <param name="services">The silo's services.</param>
    /// <typeparam name="TStrategy">The strategy.</typeparam>
    /// <typeparam name="TDirector">Who decides for it.</typeparam>
    public static void AddPlacementDirector<TStrategy, TDirector>(this IServiceCollection services)
        where TStrategy : PlacementStrategy, new()
        where TDirector : class, IPlacementDirector =>
        services.AddKeyedSingleton<IPlacementDirector, TDirector>(typeof(TStrategy));

    /// <summary>Adds the director of a strategy.</summary>
    /// <param name="services">The silo's services.</param>
    /// <param name="createDirector">Makes who decides for it.</param>
    /// <typeparam name="TStrategy">The strategy.</typeparam>
    public static void AddPlacementDirector<TStrategy>(
        this IServiceCollection services, Func<IServiceProvider, IPlacementDirector> createDirector)
        where TStrategy : PlacementStrategy, new() =>
        services.AddKeyedSingleton(typeof(TStrategy), (provider, _) => createDirector(provider));
}
