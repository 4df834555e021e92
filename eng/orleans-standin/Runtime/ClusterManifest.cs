using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Standin.Calls;
using Orleans.Standin.Membership;

namespace Orleans.Standin.Runtime;

/// <summary>Which silo has which grain classes: silos of different builds can be in one cluster.</summary>
internal sealed partial class ClusterManifest : IGrainTypeMap
{
    private readonly ConcurrentDictionary<SiloAddress, GrainManifest> _manifests = new();
    private readonly IServiceProvider _services;
    private readonly ILogger _logger;
    private readonly SiloAddress _self;
    private readonly GrainManifest _own;

    public ClusterManifest(
        IServiceProvider services, GrainClassTable classes, ILocalSiloDetails details, ClusterView cluster, ILogger<ClusterManifest> logger)
    {
        (_services, _own, _self, _logger) = (services, classes.Manifest, details.SiloAddress, logger);
        _manifests[_self] = _own;
        cluster.Changed += snapshot => _ = Task.Run(() => UpdateAsync(snapshot));
    }

    /// <summary>Every grain class of the cluster, this silo's first.</summary>
    public GrainManifest Merged => new()
    {
        Grains = [.. _own.Grains.Concat(_manifests.Values.SelectMany(manifest => manifest.Grains)).DistinctBy(grain => grain.GrainType)],
    };

    /// <summary>A silo's classes; null while they are not known.</summary>
    public GrainManifest? Of(SiloAddress silo) => _manifests.GetValueOrDefault(silo);

    public GrainType GrainTypeOf(Type grainInterface, string? classPrefix) =>
        GrainManifest.Choose(Merged.Grains, grainInterface, classPrefix);

    /// <summary>Asks silos that are new, forgets those that are gone.</summary>
    public async Task UpdateAsync(MembershipSnapshot snapshot)
    {
        foreach (var gone in _manifests.Keys.Where(silo => !silo.Equals(_self) && snapshot.StatusOf(silo) is SiloStatus.None or SiloStatus.Dead))
            _manifests.TryRemove(gone, out _);
        await Task.WhenAll(snapshot.Active.Where(silo => !_manifests.ContainsKey(silo)).Select(AskAsync));
    }

    private async Task AskAsync(SiloAddress silo)
    {
        try
        {
            _manifests[silo] = await SiloControl.Of(silo, _services).GetManifest();
        }
        catch (Exception exception)
        {
            // Until it answers no grain is placed there; it is asked again with the next refresh of the table.
            LogNoAnswer(_logger, exception, silo.ToString());
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Silo} does not say which grain classes it has")]
    private static partial void LogNoAnswer(ILogger logger, Exception exception, string silo);
}
