using System.Net;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Standin.Calls;

namespace Orleans.Standin.Messaging;

/// <summary>
/// Brings a client's call to a gateway: the same for all calls of a grain while the gateways are the same. A gateway that cannot be
/// reached is left out until the list is read again; a call that may have been executed is never sent twice.
/// </summary>
internal sealed class GatewayRouter : ICallRouter
{
    private readonly HttpCalls _http;
    private readonly IGatewayList _list;
    private readonly ClientMessagingOptions _options;
    private readonly SemaphoreSlim _reading = new(1);
    private volatile IReadOnlyList<IPEndPoint> _gateways = [];

    public GatewayRouter(HttpCalls http, IGatewayList list, IOptions<ClientMessagingOptions> options) =>
        (_http, _list, _options) = (http, list, options.Value);

    public TimeSpan ResponseTimeout => _options.ResponseTimeout;

    public bool CancelRequestOnTimeout => _options.CancelRequestOnTimeout;

    public async Task RefreshAsync()
    {
        await _reading.WaitAsync();
        try
        {
            _gateways = [.. (await _list.ReadAsync()).OrderBy(gateway => gateway.ToString(), StringComparer.Ordinal)];
        }
        finally
        {
            _reading.Release();
        }
    }

    public async Task<CallResponse> SendAsync(CallRequest request, CancellationToken cancellation)
    {
        Exception? last = null;
        for (var readAgain = false; ; readAgain = true)
        {
            for (var gateways = _gateways; gateways.Count > 0; gateways = _gateways)
            {
                var gateway = gateways[(int)(request.Target.GetUniformHashCode() % (uint)gateways.Count)];
                try
                {
                    var response = await _http.PostAsync(gateway, request, null, false, cancellation);
                    if (response.Outcome != CallOutcome.Moved)
                        return response;
                }
                catch (HttpRequestException exception) when (exception.HttpRequestError == HttpRequestError.ConnectionError)
                {
                    last = exception;
                }
                catch (HttpRequestException exception)
                {
                    LeaveOut(gateway);
                    throw new SiloUnavailableException($"The gateway {gateway} went away: {request} may have been executed or not.", exception);
                }

                LeaveOut(gateway);
            }

            if (readAgain)
                throw new OrleansMessageRejectionException($"{request} was not executed: no gateway of the cluster can be reached.", last!);
            await RefreshAsync();
        }
    }

    private void LeaveOut(IPEndPoint gateway) => _gateways = [.. _gateways.Where(other => !other.Equals(gateway))];
}
