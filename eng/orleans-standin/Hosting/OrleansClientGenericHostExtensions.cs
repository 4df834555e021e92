using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.Standin.Hosting;

namespace Microsoft.Extensions.Hosting;

/// <summary>Makes a program a client of a cluster. It connects when its host starts.</summary>
public static class OrleansClientGenericHostExtensions
{
    /// <summary>Makes the program a client.</summary>
    /// <param name="hostAppBuilder">The program.</param>
    /// <param name="configureDelegate">Sets the client up.</param>
    public static IHostApplicationBuilder UseOrleansClient(this IHostApplicationBuilder hostAppBuilder, Action<IClientBuilder> configureDelegate)
    {
        ClientServices.Add(hostAppBuilder.Services, hostAppBuilder.Configuration, configureDelegate);
        return hostAppBuilder;
    }

    /// <summary>Makes the program a client.</summary>
    /// <param name="hostAppBuilder">The program.</param>
    /// <param name="configureDelegate">Sets the client up.</param>
    public static HostApplicationBuilder UseOrleansClient(this HostApplicationBuilder hostAppBuilder, Action<IClientBuilder> configureDelegate)
    {
        ClientServices.Add(hostAppBuilder.Services, hostAppBuilder.Configuration, configureDelegate);
        return hostAppBuilder;
    }

    /// <summary>Makes the program a client.</summary>
    /// <param name="hostBuilder">The program.</param>
    /// <param name="configureDelegate">Sets the client up.</param>
    public static IHostBuilder UseOrleansClient(this IHostBuilder hostBuilder, Action<HostBuilderContext, IClientBuilder> configureDelegate) =>
        hostBuilder.ConfigureServices((context, services) =>
            ClientServices.Add(services, context.Configuration, client => configureDelegate(context, client)));

    /// <summary>Makes the program a client.</summary>
    /// <param name="hostBuilder">The program.</param>
    /// <param name="configureDelegate">Sets the client up.</param>
    public static IHostBuilder UseOrleansClient(this IHostBuilder hostBuilder, Action<IClientBuilder> configureDelegate) =>
        hostBuilder.UseOrleansClient((_, client) => configureDelegate(client));

    /// <summary>Makes the program a client.</summary>
    /// <param name="services">The program's services.</param>
    /// <param name="configureDelegate">Sets the client up.</param>
    public static IServiceCollection AddOrleansClient(this IServiceCollection services, Action<IClientBuilder> configureDelegate)
    {
        ClientServices.Add(services, new ConfigurationManager(), configureDelegate);
        return services;
    }
}
