using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Hosting;
using Orleans.Standin.Calls;
using Orleans.Standin.Messaging;
using Orleans.Standin.Serialization;

namespace Orleans.Standin.Hosting;

/// <summary>What a client consists of.</summary>
internal static class ClientServices
{
    public static void Add(IServiceCollection services, IConfiguration configuration, Action<IClientBuilder> configure)
    {
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<WireSerializer>();
        services.AddSingleton<GrainFactory>();
        services.AddSingleton<IGrainFactory>(provider => provider.GetRequiredService<GrainFactory>());
        services.AddSingleton<IClusterClient>(provider => provider.GetRequiredService<GrainFactory>());
        services.AddSingleton<ClientManifest>();
        services.AddSingleton<IGrainTypeMap>(provider => provider.GetRequiredService<ClientManifest>());
        services.AddSingleton<HttpCalls>();
        services.AddSingleton<GatewayRouter>();
        services.AddSingleton<ICallRouter>(provider => provider.GetRequiredService<GatewayRouter>());
        configure(new ClientBuilder(services, configuration));
        services.AddHostedService<ClientHostedService>();
    }

    private sealed class ClientBuilder : IClientBuilder
    {
        public ClientBuilder(IServiceCollection services, IConfiguration configuration) => (Services, Configuration) = (services, configuration);

        public IServiceCollection Services { get; }

        public IConfiguration Configuration { get; }
    }
}
