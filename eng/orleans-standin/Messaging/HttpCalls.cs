using System.Net;
using System.Net.Http.Headers;
using Orleans.Runtime;
using Orleans.Standin.Calls;
using Orleans.Standin.Serialization;

namespace Orleans.Standin.Messaging;

/// <summary>
/// A call as an HTTP/2 request: the method is the path, the grain a header, the arguments the body. Who only hands a call on reads
/// no body. Cancelling the request cancels the grain method's token.
/// </summary>
internal sealed class HttpCalls : IDisposable
{
    public const string GrainHeader = "grain", SiloHeader = "silo", StartHeader = "start";

    private static readonly MediaTypeHeaderValue Json = new("application/json");

    // The pings are what tells a client that its gateway stands still; silos hear of that from the membership table.
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ActivityHeadersPropagator = null,
        EnableMultipleHttp2Connections = true,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(5),
        KeepAlivePingDelay = TimeSpan.FromSeconds(2),
        KeepAlivePingTimeout = TimeSpan.FromSeconds(3),
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
    });

    private readonly WireSerializer _serializer;

    public HttpCalls(WireSerializer serializer) => _serializer = serializer;

    /// <summary>Sends a call.</summary>
    /// <param name="endpoint">A silo's port, or a gateway's.</param>
    /// <param name="request">The call.</param>
    /// <param name="silo">The start of the silo that is meant; null at a gateway.</param>
    /// <param name="mayStart">Whether the silo shall start the grain.</param>
    /// <param name="cancellation">Cancels the call where it runs.</param>
    /// <exception cref="HttpRequestException">The endpoint could not be reached, or went away.</exception>
    public async Task<CallResponse> PostAsync(
        IPEndPoint endpoint, CallRequest request, SiloAddress? silo, bool mayStart, CancellationToken cancellation)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, PathOf(endpoint, request))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(request.Encode(_serializer)) { Headers = { ContentType = Json } },
        };
        message.Headers.Add(GrainHeader, Uri.EscapeDataString(request.Target.ToString()));
        if (silo is not null)
            message.Headers.Add(SiloHeader, silo.ToParsableString());
        if (mayStart)
            message.Headers.Add(StartHeader, "1");

        using var response = await _http.SendAsync(message, cancellation);
        var body = await response.Content.ReadAsByteArrayAsync(cancellation);
        return response.StatusCode switch
        {
            HttpStatusCode.OK => CallResponse.Received(CallOutcome.Completed, body),
            HttpStatusCode.InternalServerError => CallResponse.Received(CallOutcome.Failed, body),
            HttpStatusCode.Gone => CallResponse.Moved,
            var other => throw new OrleansMessageRejectionException($"{endpoint} answered {(int)other} to {request}."),
        };
    }

    public void Dispose() => _http.Dispose();

    private static Uri PathOf(IPEndPoint endpoint, CallRequest request) =>
        new($"http://{endpoint}/{Uri.EscapeDataString(request.InterfaceName)}/{Uri.EscapeDataString(request.MethodName)}");
}
