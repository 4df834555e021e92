using Orleans.Runtime;

namespace Orleans.Standin.Membership;

/// <summary>The membership table of a cluster of one silo, for UseLocalhostClustering.</summary>
internal sealed class LocalMembershipTable : IMembershipTable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<SiloAddress, MembershipEntry> _entries = [];
    private int _version;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task<MembershipSnapshot> ReadAsync()
    {
        lock (_lock)
            return Task.FromResult(new MembershipSnapshot(_version, _entries.Values));
    }

    public Task<bool> InsertAsync(MembershipEntry entry, int version) => WriteAsync(entry, version);

    public Task<bool> UpdateAsync(MembershipEntry entry, int version) => WriteAsync(entry, version);

    public Task HeartbeatAsync(SiloAddress silo, DateTime now) => Task.CompletedTask;

    public Task CleanUpAsync(DateTime lastAliveBefore) => Task.CompletedTask;

    private Task<bool> WriteAsync(MembershipEntry entry, int version)
    {
        lock (_lock)
        {
            if (version != _version)
                return Task.FromResult(false);
            _entries[entry.SiloAddress] = entry;
            _version++;
            return Task.FromResult(true);
        }
    }
}
