using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Standin.Runtime;

namespace Orleans.Standin.Membership;

/// <summary>This silo's own row in the membership table, and its votes in others' rows.</summary>
internal sealed partial class MembershipAgent
{
    private readonly IMembershipTable _table;
    private readonly ClusterView _cluster;
    private readonly LocalSilo _local;
    private readonly ClusterMembershipOptions _options;
    private readonly IServiceProvider _services;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    public MembershipAgent(
        IMembershipTable table,
        ClusterView cluster,
        LocalSilo local,
        IOptions<ClusterMembershipOptions> options,
        IServiceProvider services,
        TimeProvider time,
        ILogger<MembershipAgent> logger)
    {
        (_table, _cluster, _local, _options) = (table, cluster, local, options.Value);
        (_services, _time, _logger) = (services, time, logger);
    }

    private DateTime Now => _time.GetUtcNow().UtcDateTime;

    /// <summary>Writes this silo's row as Joining, and declares earlier starts on its endpoint dead: they cannot live beside it.</summary>
    public async Task JoinAsync()
    {
        await _table.InitializeAsync();
        var snapshot = await _cluster.RefreshAsync();
        foreach (var predecessor in snapshot.Entries
            .Where(entry => entry.Status != SiloStatus.Dead && entry.SiloAddress.IsPredecessorOf(_local.SiloAddress))
            .ToList())
        {
            LogPredecessor(_logger, predecessor.SiloAddress.ToString());
            await ChangeAsync(predecessor.SiloAddress, (entry, _) => entry.With(SiloStatus.Dead));
        }

        // A start is told from the one before it by its second, as with Orleans.
        if (snapshot.Find(_local.SiloAddress) is not null)
        {
            throw new OrleansException(
                $"{_local.SiloAddress} is in the membership table already: a silo on this endpoint was started within the same second. Start this one again.");
        }

        while (!await _table.InsertAsync(NewEntry(), (await _cluster.RefreshAsync()).Version))
        {
            // Another silo wrote in between: read the new version and try again.
        }

        await PublishAsync();
    }

    /// <summary>Changes this silo's state.</summary>
    public async Task BecomeAsync(SiloStatus status)
    {
        await ChangeAsync(_local.SiloAddress, (entry, _) => entry.Status == SiloStatus.Dead ? null : entry.With(status));
        LogBecame(_logger, _local.SiloAddress.ToString(), status);
    }

    public Task HeartbeatAsync() => _table.HeartbeatAsync(_local.SiloAddress, Now);

    public Task CleanUpAsync() => _table.CleanUpAsync(Now - _options.DefunctSiloExpiration);

    /// <summary>Votes against a silo that does not answer.</summary>
    public async Task SuspectAsync(SiloAddress silo)
    {
        var changed = await ChangeAsync(silo, (entry, snapshot) => entry.Status == SiloStatus.Dead
            ? null
            : DeathVotes.Cast(entry, _local.SiloAddress, snapshot, _options, Now));
        if (changed is { Status: SiloStatus.Dead })
            LogDeclaredDead(_logger, silo.ToString());
        else if (changed is not null)
            LogSuspected(_logger, silo.ToString());
    }

    /// <summary>Changes a row under the version that was read, again if another silo was faster; null means no change is needed.</summary>
    private async Task<MembershipEntry?> ChangeAsync(SiloAddress silo, Func<MembershipEntry, MembershipSnapshot, MembershipEntry?> change)
    {
        while (true)
        {
            var snapshot = await _cluster.RefreshAsync();
            if (snapshot.Find(silo) is not { } entry || change(entry, snapshot) is not { } changed)
                return null;
            if (await _table.UpdateAsync(changed, snapshot.Version))
            {
                await PublishAsync();
                return changed;
            }
        }
    }

    private async Task PublishAsync()
    {
        var snapshot = await _cluster.RefreshAsync();
        if (!_options.UseLivenessGossip)
            return;
        foreach (var silo in snapshot.Active.Where(silo => !silo.Equals(_local.SiloAddress)))
        {
            try
            {
                await SiloControl.Of(silo, _services).RefreshMembership();
            }
            catch (Exception exception)
            {
                // It reads the table by itself before long.
                LogNotTold(_logger, exception, silo.ToString());
            }
        }
    }

    private MembershipEntry NewEntry() => new()
    {
        SiloAddress = _local.SiloAddress,
        SiloName = _local.Name,
        HostName = _local.DnsHostName,
        ProxyPort = _local.GatewayPort,
        Status = SiloStatus.Joining,
        StartTime = _local.StartTime,
        IAmAliveTime = Now,
    };

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Silo} could not be told of a change of the membership table")]
    private static partial void LogNotTold(ILogger logger, Exception exception, string silo);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Silo} is an earlier start on this endpoint: it is declared dead")]
    private static partial void LogPredecessor(ILogger logger, string silo);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Silo} is {Status}")]
    private static partial void LogBecame(ILogger logger, string silo, SiloStatus status);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Silo} does not answer: this silo votes against it")]
    private static partial void LogSuspected(ILogger logger, string silo);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Silo} does not answer and is declared dead")]
    private static partial void LogDeclaredDead(ILogger logger, string silo);
}
