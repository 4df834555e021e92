using ClickSink.Grains.Interfaces.Catalog;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ClickSink.Silo.Health;

/// <summary>Ready means that a grain call works, and with it the silo and the cluster.</summary>
internal sealed class ReadyCheck : IHealthCheck
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);
    private readonly IGrainFactory _grains;

    public ReadyCheck(IGrainFactory grains) => _grains = grains;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var pipelines = await _grains.GetGrain<ICatalogGrain>(ICatalogGrain.Key).ListAsync(cancellationToken).WaitAsync(Timeout, cancellationToken);
            return HealthCheckResult.Healthy($"{pipelines.Length} pipelines");
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy($"the cluster does not answer: {e.Message}");
        }
    }
}
