using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Standin.Membership;
using Orleans.Standin.Runtime;

namespace Orleans.Standin.Reminders;

/// <summary>
/// Serves the reminders of the grains on this silo's part of the ring: from the silo before it up to itself. When silos come or go
/// the parts change, and each silo reads its part anew.
/// </summary>
internal sealed partial class ReminderService : IAsyncDisposable
{
    private readonly Dictionary<(GrainId, string), ReminderTicker> _tickers = [];
    private readonly SemaphoreSlim _reloading = new(1);
    private readonly ReminderTable _table;
    private readonly ClusterView _cluster;
    private readonly IServiceProvider _services;
    private readonly TimeProvider _time;
    private readonly ReminderOptions _options;
    private readonly ILogger _logger;
    private readonly SiloAddress _self;
    private BackgroundLoop? _loop;
    private volatile bool _serves;

    public ReminderService(
        ReminderTable table,
        ClusterView cluster,
        ILocalSiloDetails details,
        IServiceProvider services,
        TimeProvider time,
        IOptions<ReminderOptions> options,
        ILogger<ReminderService> logger)
    {
        (_table, _cluster, _self, _services) = (table, cluster, details.SiloAddress, services);
        (_time, _options, _logger) = (time, options.Value, logger);
    }

    public async Task StartAsync()
    {
        _serves = true;
        _cluster.Changed += OnClusterChanged;
        _loop = new BackgroundLoop("Reading the reminders", _options.RefreshReminderListPeriod, _time, _logger, _ => ReloadAsync());
        await ReloadAsync();
    }

    /// <summary>Reads this silo's part of the table, starts what is new and stops what is gone.</summary>
    public async Task ReloadAsync()
    {
        await _reloading.WaitAsync();
        try
        {
            var (after, upTo) = PartOf(_self, _cluster.Current.Active);
            var wanted = _serves ? (await _table.ReadAsync(after, upTo)).ToDictionary(row => (row.Grain, row.ReminderName)) : [];
            foreach (var (key, ticker) in _tickers.Where(ticker => wanted.GetValueOrDefault(ticker.Key) != ticker.Value.Reminder).ToList())
            {
                ticker.Dispose();
                _tickers.Remove(key);
            }

            foreach (var (key, row) in wanted.Where(row => !_tickers.ContainsKey(row.Key)))
                _tickers[key] = new ReminderTicker(row, _services, _time, _logger);
        }
        finally
        {
            _reloading.Release();
        }
    }

    /// <summary>Has the silo that serves a grain read its part again. If it misses that, its next regular reading does it.</summary>
    public void TellOwnerOf(GrainId grain)
    {
        var hash = grain.GetUniformHashCode();
        var owner = Ring(_cluster.Current.Active).FirstOrDefault(silo => HashOf(silo) >= hash) ?? Ring(_cluster.Current.Active).FirstOrDefault();
        if (owner is not null)
            _ = LogIfFailed(SiloControl.Of(owner, _services).ReloadReminders());
    }

    public async ValueTask DisposeAsync()
    {
        _serves = false;
        _cluster.Changed -= OnClusterChanged;
        if (_loop is not null)
            await _loop.DisposeAsync();
        foreach (var ticker in _tickers.Values)
            ticker.Dispose();
    }

    /// <summary>A silo's part of the ring; the whole ring, as two equal ends, where it is alone.</summary>
    internal static (uint After, uint UpTo) PartOf(SiloAddress self, IReadOnlyList<SiloAddress> active)
    {
        var ring = Ring(active).ToList();
        var own = ring.IndexOf(self);
        var before = own < 0 ? self : ring[(own + ring.Count - 1) % ring.Count];
        return (HashOf(before), HashOf(self));
    }

    private static IEnumerable<SiloAddress> Ring(IEnumerable<SiloAddress> silos) => silos.OrderBy(HashOf).ThenBy(silo => silo);

    private static uint HashOf(SiloAddress silo) => unchecked((uint)silo.GetConsistentHashCode());

    private void OnClusterChanged(MembershipSnapshot snapshot) => _ = LogIfFailed(Task.Run(ReloadAsync));

    private async Task LogIfFailed(Task reading)
    {
        try
        {
            await reading;
        }
        catch (Exception exception)
        {
            LogReloadFailed(_logger, exception, _options.RefreshReminderListPeriod);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The reminders could not be read again; they are within {Period}")]
    private static partial void LogReloadFailed(ILogger logger, Exception exception, TimeSpan period);
}
