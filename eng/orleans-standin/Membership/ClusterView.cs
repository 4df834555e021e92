using Orleans.Runtime;

namespace Orleans.Standin.Membership;

/// <summary>What this silo knows of the membership table.</summary>
internal sealed class ClusterView
{
    private readonly Lock _lock = new();
    private readonly IMembershipTable _table;
    private volatile MembershipSnapshot _current = MembershipSnapshot.Empty;

    public ClusterView(IMembershipTable table) => _table = table;

    /// <summary>Raised for each new version of the table, in their order. Handlers are quick: they start what takes longer elsewhere.</summary>
    public event Action<MembershipSnapshot>? Changed;

    public MembershipSnapshot Current => _current;

    /// <summary>Reads the table now.</summary>
    public async Task<MembershipSnapshot> RefreshAsync()
    {
        var read = await _table.ReadAsync();
        lock (_lock)
        {
            if (read.Version < _current.Version)
                return _current;

            var isNew = read.Version > _current.Version;
            _current = read;
            if (isNew)
                Changed?.Invoke(read);
        }

        return read;
    }

    /// <summary>Whether a silo is dead: declared so, or long gone from the table.</summary>
    public async ValueTask<bool> IsDeadAsync(SiloAddress silo)
    {
        var status = _current.StatusOf(silo);
        if (status == SiloStatus.None)
            status = (await RefreshAsync()).StatusOf(silo);
        return status is SiloStatus.None or SiloStatus.Dead;
    }
}
