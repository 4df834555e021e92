using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Standin.Database;
using Orleans.Standin.Storage;

namespace Orleans.Hosting;

/// <summary>Grain state in a database.</summary>
public static class AdoNetGrainStorageSiloBuilderExtensions
{
    /// <summary>Adds a storage provider.</summary>
    /// <param name="builder">The silo.</param>
    /// <param name="name">The name that states ask for.</param>
    /// <param name="configureOptions">Names the database.</param>
    public static ISiloBuilder AddAdoNetGrainStorage(
        this ISiloBuilder builder, string name, Action<AdoNetGrainStorageOptions> configureOptions) =>
        builder.AddAdoNetGrainStorage(name, (OptionsBuilder<AdoNetGrainStorageOptions> options) => options.Configure(configureOptions));

    /// <summary>Adds a storage provider.</summary>
    /// <param name="builder">The silo.</param>
    /// <param name="name">The name that states ask for.</param>
    /// <param name="configureOptions">Names the database.</param>
    public static ISiloBuilder AddAdoNetGrainStorage(
        this ISiloBuilder builder, string name, Action<OptionsBuilder<AdoNetGrainStorageOptions>>? configureOptions = null)
    {
        configureOptions?.Invoke(builder.Services.AddOptions<AdoNetGrainStorageOptions>(name));
        builder.Services.AddKeyedSingleton<IStateStore>(name, (services, _) =>
        {
            var options = services.GetRequiredService<IOptionsMonitor<AdoNetGrainStorageOptions>>().Get(name);
            var database = OrleansDatabase.Open(
                $"{nameof(AdoNetGrainStorageOptions)} \"{name}\"", options.Invariant, options.ConnectionString, options.DataSource);
            var serviceId = services.GetRequiredService<IOptions<ClusterOptions>>().Value.ServiceId;
            return new AdoNetStateStore(database, serviceId, options.DeleteStateOnClear);
        });
        return builder;
    }

    /// <summary>Adds the storage provider of states that name none.</summary>
    /// <param name="builder">The silo.</param>
    /// <param name="configureOptions">Names the database.</param>
    public static ISiloBuilder AddAdoNetGrainStorageAsDefault(
        this ISiloBuilder builder, Action<AdoNetGrainStorageOptions> configureOptions) =>
        builder.AddAdoNetGrainStorage(PersistentStateFactory.DefaultProvider, configureOptions);
}
