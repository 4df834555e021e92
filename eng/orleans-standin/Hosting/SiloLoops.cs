using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Standin.Membership;
using Orleans.Standin.Reminders;
using Orleans.Standin.Runtime;

namespace Orleans.Standin.Hosting;

/// <summary>What an active silo does again and again.</summary>
internal sealed class SiloLoops
{
    private readonly List<BackgroundLoop> _loops = [];
    private readonly IServiceProvider _services;
    private readonly ClusterMembershipOptions _membership;
    private readonly GrainCollectionOptions _collection;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    public SiloLoops(
        IServiceProvider services,
        IOptions<ClusterMembershipOptions> membership,
        IOptions<GrainCollectionOptions> collection,
        TimeProvider time,
        ILogger<SiloLoops> logger)
    {
        (_services, _membership, _collection) = (services, membership.Value, collection.Value);
        (_time, _logger) = (time, logger);
    }

    public async Task StartAsync()
    {
        var agent = _services.GetRequiredService<MembershipAgent>();
        var prober = _services.GetRequiredService<SiloProber>();
        Add("Probing silos", _membership.ProbeTimeout, prober.RunAsync);
        Add("Reading the membership table", _membership.TableRefreshTimeout, _ => RefreshAsync());
        Add("Writing the heartbeat", _membership.IAmAliveTablePublishTimeout, _ => agent.HeartbeatAsync());
        Add("Collecting idle activations", _collection.CollectionQuantum, _ => CollectAsync());
        if (_membership.DefunctSiloCleanupPeriod is { } period)
            Add("Sweeping the membership table", period, _ => agent.CleanUpAsync());
        if (_services.GetService<ReminderService>() is { } reminders)
            await reminders.StartAsync();
    }

    public async Task StopAsync()
    {
        foreach (var loop in _loops)
            await loop.DisposeAsync();
        if (_services.GetService<ReminderService>() is { } reminders)
            await reminders.DisposeAsync();
    }

    private void Add(string name, TimeSpan period, Func<CancellationToken, Task> step) =>
        _loops.Add(new BackgroundLoop(name, period, _time, _logger, step));

    private async Task RefreshAsync() =>
        await _services.GetRequiredService<ClusterManifest>().UpdateAsync(await _services.GetRequiredService<ClusterView>().RefreshAsync());

    private Task CollectAsync()
    {
        foreach (var activation in _services.GetRequiredService<ActivationTable>().All.Where(one => one.IsCollectable(_collection)))
            activation.Deactivate(new DeactivationReason(DeactivationReasonCode.ActivationIdle, "It was idle for its collection age."));
        return Task.CompletedTask;
    }
}
