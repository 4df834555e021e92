using ClickSink.Grains.Interfaces.Catalog;
using ClickSink.Grains.Interfaces.Pipelines;
using ClickSink.Silo.Hosting;

namespace ClickSink.Silo.Supervision;

/// <summary>
/// Asks for every pipeline, every few seconds, from every silo: whatever ended with another silo is activated again. A reminder does the same, but a minute
/// later.
/// </summary>
internal sealed partial class PipelineSupervisor : BackgroundService
{
    private readonly IGrainFactory _grains;
    private readonly SiloHostOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<PipelineSupervisor> _logger;

    public PipelineSupervisor(IGrainFactory grains, SiloHostOptions options, TimeProvider time, ILogger<PipelineSupervisor> logger)
    {
        _grains = grains;
        _options = options;
        _time = time;
        _logger = logger;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_options.SupervisionPeriod, _time);
        do
        {
            try
            {
                var ids = await _grains.GetGrain<ICatalogGrain>(ICatalogGrain.Key).ListAsync(stoppingToken);
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
