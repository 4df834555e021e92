using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.Standin.Hosting;

namespace Microsoft.Extensions.Hosting;

/// <summary>Makes a program a silo. It joins the cluster when its host starts, and leaves it in order when the host stops.</summary>
public static class OrleansSiloGenericHostExtensions
{
    /// <summary>Makes the program a silo.</summary>
    /// <param name="hostAppBuilder">The program.</param>
    /// <param name="configureDelegate">Sets the silo up.</param>
    public static IHostApplicationBuilder UseOrleans(this IHostApplicationBuilder hostAppBuilder, Action<ISiloBuilder> configureDelegate)
    {
        SiloServices.Add(hostAppBuilder.Services, hostAppBuilder.Configuration, configureDelegate);
        return hostAppBuilder;
    }

    /// <summary>Makes the program a silo.</summary>
    /// <param name="hostAppBuilder">The program.</param>
    /// <param name="configureDelegate">Sets the silo up.</param>
    public static HostApplicationBuilder UseOrleans(this HostApplicationBuilder hostAppBuilder, Action<ISiloBuilder> configureDelegate)
    {
        SiloServices.Add(hostAppBuilder.Services, hostAppBuilder.Configuration, configureDelegate);
        return hostAppBuilder;
    }

    /// <summary>Makes the program a silo.</summary>
    /// <param name="hostBuilder">The program.</param>
    /// <param name="configureDelegate">Sets the silo up.</param>
    public static IHostBuilder UseOrleans(this IHostBuilder hostBuilder, Action<HostBuilderContext, ISiloBuilder> configureDelegate) =>
        hostBuilder.ConfigureServices((context, services) =>
            SiloServices.Add(services, context.Configuration, silo => configureDelegate(context, silo)));

    /// <summary>Makes the program a silo.</summary>
    /// <param name="hostBuilder">The program.</param>
    /// <param name="configureDelegate">Sets the silo up.</param>
    public static IHostBuilder UseOrleans(this IHostBuilder hostBuilder, Action<ISiloBuilder> configureDelegate) =>
        hostBuilder.UseOrleans((_, silo) => configureDelegate(silo));

    /// <summary>Makes the program a silo.</summary>
    /// <param name="services">The program's services.</param>
    /// <param name="configureDelegate">Sets the silo up.</param>
    public static IServiceCollection AddOrleans(this IServiceCollection services, Action<ISiloBuilder> configureDelegate)
    {
        SiloServices.Add(services, new ConfigurationManager(), configureDelegate);
        return services;
    }
}
