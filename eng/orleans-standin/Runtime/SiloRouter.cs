using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Standin.Calls;
using Orleans.Standin.Locating;
using Orleans.Standin.Membership;
using Orleans.Standin.Messaging;
using Orleans.Standin.Placement;

namespace Orleans.Standin.Runtime;

/// <summary>Brings a call to the silo that runs its grain, and starts the grain where none does.</summary>
internal sealed class SiloRouter : ICallRouter
{
    private readonly ActivationTable _activations;
    private readonly GrainLocator _locator;
    private readonly PlacementService _placement;
    private readonly GrainClassTable _classes;
    private readonly SiloTransport _transport;
    private readonly ClusterView _cluster;
    private readonly SystemCalls _system;
    private readonly SiloMessagingOptions _options;
    private readonly SiloAddress _self;

    public SiloRouter(
        ActivationTable activations,
        GrainLocator locator,
        PlacementService placement,
        GrainClassTable classes,
        SiloTransport transport,
        ClusterView cluster,
        SystemCalls system,
        ILocalSiloDetails details,
        IOptions<SiloMessagingOptions> options)
    {
        (_activations, _locator, _placement, _classes) = (activations, locator, placement, classes);
        (_transport, _cluster, _system) = (transport, cluster, system);
        (_self, _options) = (details.SiloAddress, options.Value);
    }

    public TimeSpan ResponseTimeout => _options.ResponseTimeout;

    public bool CancelRequestOnTimeout => _options.CancelRequestOnTimeout;

    // A grain's own scheduler must not carry the router's work: it would wait for the grain's turns.
    public Task<CallResponse> SendAsync(CallRequest request, CancellationToken cancellation) =>
        TaskScheduler.Current == TaskScheduler.Default ? RouteAsync(request, cancellation) : Task.Run(() => RouteAsync(request, cancellation), CancellationToken.None);

    /// <summary>A call from another silo, which found the grain here or wants it started here.</summary>
    public Task<CallResponse> ReceiveAsync(CallRequest request, bool mayStart, CancellationToken cancellation)
    {
        if (request.Target.Type == SiloControl.GrainType)
            return _system.ExecuteAsync(request, cancellation);
        if (!_activations.TryFind(request.Target, out var activation) && mayStart)
            activation = _activations.FindOrStart(request.Target);
        return activation?.Enqueue(request, cancellation) ?? Task.FromResult(CallResponse.Moved);
    }

    private async Task<CallResponse> RouteAsync(CallRequest request, CancellationToken cancellation)
    {
        if (request.Target.Type == SiloControl.GrainType)
            return await _system.RouteAsync(request, cancellation);

        // Each time round follows a grain that moved, ended, or was refused by a silo that stops.
        for (var attempt = 0; attempt <= _options.MaxForwardCount + 2; attempt++)
        {
            if (attempt > 1)
                await _cluster.RefreshAsync();
            var response = await TryAsync(request, cancellation);
            if (response.Outcome != CallOutcome.Moved)
                return response;
            _locator.Forget(request.Target);
        }

        throw new OrleansMessageRejectionException($"{request} found no silo that runs the grain: it kept moving, or its silos are stopping.");
    }

    private async Task<CallResponse> TryAsync(CallRequest request, CancellationToken cancellation)
    {
        if (_activations.TryFind(request.Target, out var activation))
            return await activation.Enqueue(request, cancellation);

        var silo = await _locator.FindAsync(request.Target);
        var start = silo is null || silo.Equals(_self);
        silo ??= await _placement.ChooseAsync(
            request.Target, _classes.Find(request.Target.Type), GrainInterfaceType.Create(request.InterfaceName));
        if (silo.Equals(_self))
            return await ReceiveAsync(request, mayStart: true, cancellation);

        var response = await _transport.SendAsync(silo, request, start, cancellation);
        if (response.Outcome != CallOutcome.Moved)
            _locator.Remember(request.Target, silo);
        return response;
    }
}
