using ClickSink.Grains.Interfaces.Catalog;
using ClickSink.Grains.Interfaces.Pipelines;
using ClickSink.Grains.Placement;
using ClickSink.Silo.Hosting;
using Orleans.Runtime;

namespace ClickSink.Silo.Supervision;

/// <summary>
/// Asks for every pipeline every few seconds: whatever ended with another silo is activated again. The silos share the work. A reminder does the same, but a
/// minute later.
/// </summary>
internal sealed partial class PipelineSupervisor : BackgroundService
{
    // Each silo asks for its share of the pipelines, and now and then for all of them: then it does not matter who was wrong about the shares.
    private const int RoundsBetweenAll = 5;

    private readonly IGrainFactory _grains;
    private readonly ILocalSiloDetails _self;
    private readonly SiloHostOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<PipelineSupervisor> _logger;

    public PipelineSupervisor(IGrainFactory grains, ILocalSiloDetails self, SiloHostOptions options, TimeProvider time, ILogger<PipelineSupervisor> logger)
    {
        _grains = grains;
        _self = self;
        _options = options;
        _time = time;
        _logger = logger;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_options.SupervisionPeriod, _time);
        var round = 0;
        do
        {
            try
            {
                IReadOnlyList<string> ids = await _grains.GetGrain<ICatalogGrain>(ICatalogGrain.Key).ListAsync(stoppingToken);
                if (round++ % RoundsBetweenAll != 0) ids = await ShareOfAsync(ids);
                await Task.WhenAll(ids.Select(id => EnsureAsync(id, stoppingToken)));
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // PostgreSQL or a silo is away. The pipelines that run are not touched by that; the next round asks again.
                LogCatalogAway(e.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<IReadOnlyList<string>> ShareOfAsync(IReadOnlyList<string> ids)
    {
        var active = (await _grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true)).Keys.ToList();
        return active.Count < 2 ? ids : [.. ids.Where(id => Rendezvous.Choose(active, id).Equals(_self.SiloAddress))];
    }

    private async Task EnsureAsync(string id, CancellationToken cancellation)
    {
        try
        {
            await _grains.GetGrain<IPipelineGrain>(id).EnsureAsync(cancellation);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            LogPipelineAway(id, e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The catalog does not answer: {Error}. It is asked again")]
    private partial void LogCatalogAway(string error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Pipeline {Pipeline} does not answer: {Error}. It is asked again")]
    private partial void LogPipelineAway(string pipeline, string error);
}
