using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Standin.Calls;
using Orleans.Standin.Runtime;
using Orleans.Standin.Serialization;

namespace Orleans.Standin.Messaging;

/// <summary>
/// A silo's two ports: one for silos, one for clients. Kestrel without a host around it, so that the program's own web server, its
/// addresses and its configuration stay apart from it.
/// </summary>
internal sealed class CallServer : IHttpApplication<HttpContext>, IDisposable
{
    private readonly KestrelServer _server;
    private readonly SiloRouter _router;
    private readonly WireSerializer _serializer;
    private readonly string _self;
    private readonly int _gatewayPort;
    private volatile bool _gatewayIsOpen;
    private readonly CallsUnderWay _calls = new();
    private volatile bool _isDead;

    public CallServer(
        SiloRouter router,
        WireSerializer serializer,
        ILocalSiloDetails details,
        IOptions<EndpointOptions> endpoints,
        IOptions<SiloMessagingOptions> messaging,
        ILoggerFactory loggers)
    {
        (_router, _serializer, _self) = (router, serializer, details.SiloAddress.ToParsableString());
        var options = new KestrelServerOptions
        {
            AddServerHeader = false,
            ApplicationServices = new ServiceCollection().AddSingleton(loggers).BuildServiceProvider(),
        };
        options.Limits.MaxRequestBodySize = messaging.Value.MaxMessageBodySize;
        options.Limits.MinRequestBodyDataRate = null;
        options.Limits.MinResponseDataRate = null;
        options.Limits.Http2.MaxStreamsPerConnection = 10_000;
        var ports = endpoints.Value;
        Listen(options, ports.SiloListeningEndpoint ?? new IPEndPoint(ports.AdvertisedIPAddress, ports.SiloPort));
        if (ports.GatewayPort != 0)
        {
            var gateway = ports.GatewayListeningEndpoint ?? new IPEndPoint(ports.AdvertisedIPAddress, ports.GatewayPort);
            _gatewayPort = gateway.Port;
            Listen(options, gateway);
        }

        _server = new KestrelServer(
            Options.Create(options), new SocketTransportFactory(Options.Create(new SocketTransportOptions()), loggers), loggers);
    }

    public async Task StartAsync(CancellationToken cancellation)
    {
        try
        {
            await _server.StartAsync(this, cancellation);
        }
        catch (IOException exception)
        {
            throw new OrleansConfigurationException($"The silo's ports cannot be opened: {exception.Message} Choose others in ConfigureEndpoints.", exception);
        }
    }

    public void OpenGateway() => _gatewayIsOpen = true;

    /// <summary>Sends new calls of clients to other gateways; those under way are answered.</summary>
    public void CloseGateway() => _gatewayIsOpen = false;

    /// <summary>Refuses everything from now on.</summary>
    public void PlayDead() => _isDead = true;

    /// <summary>Ends when every call that came in is answered.</summary>
    public Task WhenAnsweredAsync(CancellationToken cancellation) => _calls.WhenNoneAsync(cancellation);

    public Task StopAsync(CancellationToken cancellation) => _server.StopAsync(cancellation);

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    public async Task ProcessRequestAsync(HttpContext context)
    {
        using var call = _calls.Begin();
        var response = CallResponse.Moved;
        var names = (context.Request.Path.Value ?? "").Split('/');
        if (names.Length == 3 && GrainId.TryParse(Uri.UnescapeDataString(context.Request.Headers[HttpCalls.GrainHeader].ToString()), out var grain))
        {
            var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            var request = CallRequest.Received(grain, names[1], names[2], body.ToArray());
            response = await AnswerAsync(context, request);
            var answer = response.Outcome == CallOutcome.Moved ? [] : response.Encode(request, _serializer);
            context.Response.StatusCode = response.Outcome switch
            {
                CallOutcome.Completed => StatusCodes.Status200OK,
                CallOutcome.Failed => StatusCodes.Status500InternalServerError,
                _ => StatusCodes.Status410Gone,
            };
            context.Response.ContentLength = answer.Length;
            await context.Response.Body.WriteAsync(answer, context.RequestAborted);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status400BadRequest;
    }

    public void Dispose() => _server.Dispose();

    private async Task<CallResponse> AnswerAsync(HttpContext context, CallRequest request)
    {
        if (_isDead)
            return CallResponse.Moved;

        try
        {
            if (context.Connection.LocalPort == _gatewayPort)
                return _gatewayIsOpen ? await _router.SendAsync(request, context.RequestAborted) : CallResponse.Moved;

            // A call for another start of this silo on the same endpoint is not for this one.
            if (context.Request.Headers[HttpCalls.SiloHeader] != _self)
                return CallResponse.Moved;
            var mayStart = context.Request.Headers.ContainsKey(HttpCalls.StartHeader);
            return await _router.ReceiveAsync(request, mayStart, context.RequestAborted);
        }
        catch (Exception exception)
        {
            return CallResponse.OfError(exception);
        }
    }

    private static void Listen(KestrelServerOptions options, IPEndPoint endpoint) =>
        options.Listen(endpoint, listen => listen.Protocols = HttpProtocols.Http2);
}
