using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Standin.Database;
using Orleans.Standin.Locating;
using Orleans.Standin.Membership;
using Orleans.Standin.Messaging;

namespace Orleans.Hosting;

/// <summary>Clusters whose membership is in a database.</summary>
public static class AdoNetHostingExtensions
{
    /// <summary>Joins the cluster whose membership is in this database.</summary>
    /// <param name="builder">The silo.</param>
    /// <param name="configureOptions">Names the database.</param>
    public static ISiloBuilder UseAdoNetClustering(this ISiloBuilder builder, Action<AdoNetClusteringSiloOptions> configureOptions) =>
        builder.UseAdoNetClustering((OptionsBuilder<AdoNetClusteringSiloOptions> options) => options.Configure(configureOptions));

    /// <summary>Joins the cluster whose membership is in this database.</summary>
    /// <param name="builder">The silo.</param>
    /// <param name="configureOptions">Names the database.</param>
    public static ISiloBuilder UseAdoNetClustering(
        this ISiloBuilder builder, Action<OptionsBuilder<AdoNetClusteringSiloOptions>> configureOptions)
    {
        var services = builder.Services;
        configureOptions(services.AddOptions<AdoNetClusteringSiloOptions>());
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<AdoNetClusteringSiloOptions>>().Value;
            return OrleansDatabase.Open(nameof(AdoNetClusteringSiloOptions), options.Invariant, options.ConnectionString, options.DataSource);
        });
        services.AddSingleton<IMembershipTable, AdoNetMembershipTable>();
        services.AddSingleton<IGrainDirectory, PostgresDirectory>();
        return builder;
    }

    /// <summary>Finds the gateways of the cluster whose membership is in this database.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="configureOptions">Names the database.</param>
    public static IClientBuilder UseAdoNetClustering(this IClientBuilder builder, Action<AdoNetClusteringClientOptions> configureOptions) =>
        builder.UseAdoNetClustering((OptionsBuilder<AdoNetClusteringClientOptions> options) => options.Configure(configureOptions));

    /// <summary>Finds the gateways of the cluster whose membership is in this database.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="configureOptions">Names the database.</param>
    public static IClientBuilder UseAdoNetClustering(
        this IClientBuilder builder, Action<OptionsBuilder<AdoNetClusteringClientOptions>> configureOptions)
    {
        var services = builder.Services;
        configureOptions(services.AddOptions<AdoNetClusteringClientOptions>());
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<AdoNetClusteringClientOptions>>().Value;
            return OrleansDatabase.Open(nameof(AdoNetClusteringClientOptions), options.Invariant, options.ConnectionString, options.DataSource);
        });
        services.AddSingleton<AdoNetMembershipTable>();
        services.AddSingleton<IGatewayList, AdoNetGatewayList>();
        return builder;
    }
}
