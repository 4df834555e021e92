using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Standin.Storage;

namespace Orleans.Configuration
{
    /// <summary>Grain state in memory. There is nothing to set.</summary>
    public class MemoryGrainStorageOptions;
}

namespace Orleans.Hosting
{
    /// <summary>Grain state in memory: lost with the silo.</summary>
    public static class MemoryGrainStorageSiloBuilderExtensions
    {
        /// <summary>Adds a storage provider.</summary>
        /// <param name="builder">The silo.</param>
        /// <param name="name">The name that states ask for.</param>
        /// <param name="configureOptions">Sets options.</param>
        public static ISiloBuilder AddMemoryGrainStorage(
            this ISiloBuilder builder, string name, Action<OptionsBuilder<MemoryGrainStorageOptions>>? configureOptions = null)
        {
            configureOptions?.Invoke(builder.Services.AddOptions<MemoryGrainStorageOptions>(name));
            builder.Services.AddKeyedSingleton<IStateStore, MemoryStateStore>(name);
            return builder;
        }

        /// <summary>Adds the storage provider of states that name none.</summary>
        /// <param name="builder">The silo.</param>
        /// <param name="configureOptions">Sets options.</param>
        public static ISiloBuilder AddMemoryGrainStorageAsDefault(
            this ISiloBuilder builder, Action<OptionsBuilder<MemoryGrainStorageOptions>>? configureOptions = null) =>
            builder.AddMemoryGrainStorage(PersistentStateFactory.DefaultProvider, configureOptions);
    }
}
