using Orleans.Runtime;
using Orleans.Standin.Calls;
using Orleans.Standin.Messaging;
using Orleans.Standin.Serialization;

namespace Orleans.Standin.Runtime;

/// <summary>Calls to silos themselves. They need no directory and wait for no turn, so they are answered when grains are not.</summary>
internal sealed class SystemCalls
{
    private readonly SiloControl _control;
    private readonly SiloTransport _transport;
    private readonly WireSerializer _serializer;
    private readonly string _self;

    public SystemCalls(SiloControl control, SiloTransport transport, WireSerializer serializer, ILocalSiloDetails details)
    {
        (_control, _transport, _serializer) = (control, transport, serializer);
        _self = details.SiloAddress.ToParsableString();
    }

    public async Task<CallResponse> RouteAsync(CallRequest request, CancellationToken cancellation)
    {
        var key = request.Target.Key.ToString();
        if (key == SiloControl.Here || key == _self)
            return await ExecuteAsync(request, cancellation);

        var response = await _transport.SendAsync(SiloAddress.FromParsableString(key), request, false, cancellation);
        return response.Outcome == CallOutcome.Moved
            ? throw new OrleansMessageRejectionException($"{request} was refused: the silo stops, or another start of it has its endpoint.")
            : response;
    }

    public async Task<CallResponse> ExecuteAsync(CallRequest request, CancellationToken cancellation)
    {
        try
        {
            var method = GrainInterfaceTable.Find(request.InterfaceName, request.MethodName);
            var result = await method.InvokeAsync(_control, request.ArgumentsFor(method, _serializer), cancellation);
            return CallResponse.OfResult(result, method, _serializer);
        }
        catch (Exception exception)
        {
            return CallResponse.OfError(exception);
        }
    }
}
