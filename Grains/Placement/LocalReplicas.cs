using System.Collections.Concurrent;

namespace ClickSink.Grains.Placement;

/// <summary>The replicas that are active on this silo and have something to do, by key.</summary>
public sealed class LocalReplicas
{
    private readonly ConcurrentDictionary<string, byte> _keys = new(StringComparer.Ordinal);

    /// <summary>The keys, in order.</summary>
    public IReadOnlyList<string> Keys => [.. _keys.Keys.Order(StringComparer.Ordinal)];

    /// <summary>A replica became active here.</summary>
    public void Add(string key) => _keys[key] = 0;

    /// <summary>A replica left.</summary>
    public void Remove(string key) => _keys.TryRemove(key, out _);
}
