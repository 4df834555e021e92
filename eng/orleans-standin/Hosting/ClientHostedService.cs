using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Standin.Messaging;
using Orleans.Standin.Runtime;

namespace Orleans.Standin.Hosting;

/// <summary>Connects a client to its cluster, and keeps its list of gateways and of grain classes new.</summary>
internal sealed class ClientHostedService : IHostedService
{
    private readonly IServiceProvider _services;
    private readonly GatewayOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private BackgroundLoop? _loop;

    public ClientHostedService(
        IServiceProvider services, IOptions<GatewayOptions> options, TimeProvider time, ILogger<ClientHostedService> logger) =>
        (_services, _options, _time, _logger) = (services, options.Value, time, logger);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_services.GetService<IGatewayList>() is null)
            throw new OrleansConfigurationException("No clustering: call UseAdoNetClustering or UseLocalhostClustering on the client builder.");

        while (!await TryConnectAsync(cancellationToken))
        {
            // The filter has waited as long as it wants to.
        }

        _loop = new BackgroundLoop("Reading the gateways", _options.GatewayListRefreshPeriod, _time, _logger, _ => RefreshAsync());
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_loop is not null)
            await _loop.DisposeAsync();
    }

    private async Task<bool> TryConnectAsync(CancellationToken cancellation)
    {
        try
        {
            await RefreshAsync();
            return true;
        }
        catch (Exception exception) when (exception is not OrleansConfigurationException)
        {
            var filter = _services.GetService<IClientConnectionRetryFilter>();
            if (filter is null || !await filter.ShouldRetryConnectionAttempt(exception, cancellation))
                throw;
            return false;
        }
    }

    private async Task RefreshAsync()
    {
        await _services.GetRequiredService<GatewayRouter>().RefreshAsync();
        _services.GetRequiredService<ClientManifest>().Current = await SiloControl.Of(SiloControl.Here, _services).GetManifest();
    }
}
