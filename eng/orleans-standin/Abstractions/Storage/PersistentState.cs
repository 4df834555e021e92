namespace Orleans
{
    /// <summary>Marks a constructor parameter that the runtime makes for an activation.</summary>
    public interface IFacetMetadata;
}

namespace Orleans.Runtime
{
    /// <summary>A state of a grain, taken as a constructor parameter with <see cref="PersistentStateAttribute"/>.</summary>
    /// <typeparam name="TState">Its class.</typeparam>
    public interface IPersistentState<TState> : Core.IStorage<TState>;

    /// <summary>What a state is called, and where it is stored.</summary>
    public interface IPersistentStateConfiguration
    {
        /// <summary>The state's name: part of its key in storage, so unique among all grain types that share keys.</summary>
        string StateName { get; }

        /// <summary>The storage provider's name; null for the default one.</summary>
        string? StorageName { get; }
    }

    /// <summary>Asks for a state of the grain.</summary>
    [AttributeUsage(AttributeTargets.Parameter)]
    public class PersistentStateAttribute : Attribute, IFacetMetadata, IPersistentStateConfiguration
    {
        /// <summary>Names the state.</summary>
        /// <param name="stateName">Part of its key in storage.</param>
        /// <param name="storageName">The storage provider's name; null for the default one.</param>
        public PersistentStateAttribute(string stateName, string? storageName = null)
        {
            ArgumentNullException.ThrowIfNull(stateName);
            (StateName, StorageName) = (stateName, storageName);
        }

        /// <inheritdoc/>
        public string StateName { get; }

        /// <inheritdoc/>
        public string? StorageName { get; }
    }
}
