using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Standin.Calls;
using Orleans.Standin.Membership;
using Orleans.Standin.Reminders;

namespace Orleans.Standin.Runtime;

/// <summary>This silo's answers to other silos.</summary>
internal sealed class SiloControl : ISiloControl
{
    public static readonly GrainType GrainType = GrainType.Create("standin.silo");

    /// <summary>The key for "whoever gets this": a client asks its gateway so.</summary>
    public const string Here = "here";

    private readonly IServiceProvider _services;

    public SiloControl(IServiceProvider services) => _services = services;

    public static ISiloControl Of(SiloAddress silo, IServiceProvider services) => Of(silo.ToParsableString(), services);

    public static ISiloControl Of(string key, IServiceProvider services) =>
        (ISiloControl)GrainProxy.Create(typeof(ISiloControl), GrainId.Create(GrainType, key), services);

    public Task Probe(CancellationToken cancellation) => Task.CompletedTask;

    public Task RefreshMembership() => _services.GetRequiredService<ClusterView>().RefreshAsync();

    public Task<GrainManifest> GetManifest() => Task.FromResult(_services.GetRequiredService<ClusterManifest>().Merged);

    public Task<SimpleGrainStatistic[]> GetStatistics()
    {
        var self = _services.GetRequiredService<ILocalSiloDetails>().SiloAddress;
        return Task.FromResult(_services.GetRequiredService<ActivationTable>().All
            .GroupBy(activation => activation.Class.StatisticsName)
            .Select(same => new SimpleGrainStatistic { GrainType = same.Key, SiloAddress = self, ActivationCount = same.Count() })
            .ToArray());
    }

    public Task Activate(GrainId grain)
    {
        _services.GetRequiredService<ActivationTable>().FindOrStart(grain);
        return Task.CompletedTask;
    }

    public Task ReloadReminders() => _services.GetService<ReminderService>()?.ReloadAsync() ?? Task.CompletedTask;
}
