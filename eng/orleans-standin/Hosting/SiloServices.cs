using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Runtime.Placement;
using Orleans.Standin.Calls;
using Orleans.Standin.Locating;
using Orleans.Standin.Membership;
using Orleans.Standin.Messaging;
using Orleans.Standin.Placement;
using Orleans.Standin.Runtime;
using Orleans.Standin.Serialization;

namespace Orleans.Standin.Hosting;

/// <summary>What a silo consists of.</summary>
internal static class SiloServices
{
    public static void Add(IServiceCollection services, IConfiguration configuration, Action<ISiloBuilder> configure)
    {
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<LocalSilo>();
        services.AddSingleton<ILocalSiloDetails>(provider => provider.GetRequiredService<LocalSilo>());
        services.AddSingleton<WireSerializer>();
        services.AddSingleton<GrainFactory>();
        services.AddSingleton<IGrainFactory>(provider => provider.GetRequiredService<GrainFactory>());
        services.AddSingleton<IClusterClient>(provider => provider.GetRequiredService<GrainFactory>());

        services.AddSingleton<ClusterView>();
        services.AddSingleton<MembershipAgent>();
        services.AddSingleton<SiloProber>();
        services.AddSingleton<JoinCheck>();
        services.AddSingleton<ClusterManifest>();
        services.AddSingleton<IGrainTypeMap>(provider => provider.GetRequiredService<ClusterManifest>());

        services.AddSingleton<GrainClassTable>();
        services.AddSingleton<ActivationServices>();
        services.AddSingleton<ActivationTable>();
        services.AddSingleton<GrainLocator>();
        services.AddSingleton<DirectoryLoss>();
        services.AddSingleton<PlacementService>();
        services.AddSingleton<IPlacementContext, PlacementContext>();
        services.AddPlacementDirector<RandomPlacement, RandomPlacementDirector>();
        services.AddPlacementDirector<PreferLocalPlacement, PreferLocalPlacementDirector>();

        services.AddSingleton<HttpCalls>();
        services.AddSingleton<SiloTransport>();
        services.AddSingleton<SiloControl>();
        services.AddSingleton<SystemCalls>();
        services.AddSingleton<SiloRouter>();
        services.AddSingleton<ICallRouter>(provider => provider.GetRequiredService<SiloRouter>());
        services.AddSingleton<CallServer>();
        services.AddSingleton<SiloLoops>();

        services.PostConfigure<SiloOptions>(options => options.SiloName ??= $"Silo_{Guid.NewGuid().ToString("N")[..5]}");
        services.PostConfigure<EndpointOptions>(options =>
            options.AdvertisedIPAddress ??= HostAddress.Resolve(null, AddressFamily.InterNetwork));
        configure(new SiloBuilder(services, configuration));
        services.AddHostedService<SiloHostedService>();
    }

    private sealed class SiloBuilder : ISiloBuilder
    {
        public SiloBuilder(IServiceCollection services, IConfiguration configuration) => (Services, Configuration) = (services, configuration);

        public IServiceCollection Services { get; }

        public IConfiguration Configuration { get; }
    }
}
