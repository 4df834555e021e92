using System.Collections.Concurrent;
using Orleans.Runtime;

namespace Orleans.Standin.Locating;

/// <summary>The directory of a cluster of one silo.</summary>
internal sealed class LocalDirectory : IGrainDirectory
{
    private readonly ConcurrentDictionary<GrainId, DirectoryEntry> _entries = new();

    public Task<DirectoryEntry?> FindAsync(GrainId grain) => Task.FromResult(_entries.GetValueOrDefault(grain));

    public Task<DirectoryEntry> RegisterAsync(DirectoryEntry entry, DirectoryEntry? toReplace) => Task.FromResult(
        _entries.AddOrUpdate(entry.Grain, entry, (_, standing) => standing == toReplace ? entry : standing));

    public Task UnregisterAsync(DirectoryEntry entry)
    {
        _entries.TryRemove(new(entry.Grain, entry));
        return Task.CompletedTask;
    }
}
