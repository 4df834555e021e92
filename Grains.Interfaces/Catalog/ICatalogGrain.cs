using Orleans.Concurrency;

namespace ClickSink.Grains.Interfaces.Catalog;

/// <summary>Which pipelines exist. There is one, with the key <see cref="Key"/>.</summary>
[Alias("clicksink.ICatalogGrain")]
public interface ICatalogGrain : IGrainWithStringKey
{
    /// <summary>The key of the one catalog.</summary>
    const string Key = "catalog";

    /// <summary>The ids of all pipelines, in order.</summary>
    [Alias("List")]
    [AlwaysInterleave]
    Task<string[]> ListAsync(CancellationToken cancellation = default);

    /// <summary>Adds a pipeline; nothing happens when it is there.</summary>
    [Alias("Add")]
    Task AddAsync(string id, CancellationToken cancellation = default);

    /// <summary>Takes a pipeline out; nothing happens when it is not there.</summary>
    [Alias("Remove")]
    Task RemoveAsync(string id, CancellationToken cancellation = default);
}
