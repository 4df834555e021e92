using System.Collections.Concurrent;
using Orleans.Runtime;
using Orleans.Standin.Calls;
using Orleans.Standin.Membership;

namespace Orleans.Standin.Messaging;

/// <summary>Calls from silo to silo. Those that wait for an answer of a silo fail as soon as it is declared dead.</summary>
internal sealed class SiloTransport
{
    /// <summary>A silo that leaves has answered everything before it says that it is gone: its last answers may still be on their way.</summary>
    private static readonly TimeSpan LastAnswers = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<SiloAddress, CancellationTokenSource> _deaths = new();
    private readonly ConcurrentDictionary<SiloAddress, bool> _leaving = new();
    private readonly HttpCalls _http;
    private readonly ClusterView _cluster;

    public SiloTransport(HttpCalls http, ClusterView cluster)
    {
        (_http, _cluster) = (http, cluster);
        cluster.Changed += FailCallsToTheDead;
    }

    public async Task<CallResponse> SendAsync(SiloAddress silo, CallRequest request, bool mayStart, CancellationToken cancellation)
    {
        if (_cluster.Current.StatusOf(silo) == SiloStatus.Dead)
            return CallResponse.Moved;

        var death = _deaths.GetOrAdd(silo, static _ => new CancellationTokenSource()).Token;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, death);
        try
        {
            return await _http.PostAsync(silo.Endpoint, request, silo, mayStart, either.Token);
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError == HttpRequestError.ConnectionError)
        {
            // It may have left since the table was read last; the call was not executed, so it can go where the grain is now.
            if ((await _cluster.RefreshAsync()).StatusOf(silo) is SiloStatus.None or SiloStatus.Dead)
                return CallResponse.Moved;
            throw new OrleansMessageRejectionException($"{silo} cannot be reached: {request} was not executed.", exception);
        }
        catch (HttpRequestException exception)
        {
            throw new SiloUnavailableException($"{silo} went away: {request} may have been executed or not.", exception);
        }
        catch (OperationCanceledException exception) when (death.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new SiloUnavailableException($"{silo} was declared dead: {request} may have been executed or not.", exception);
        }
    }

    private void FailCallsToTheDead(MembershipSnapshot snapshot)
    {
        foreach (var (silo, death) in _deaths)
        {
            if (snapshot.StatusOf(silo) == SiloStatus.ShuttingDown)
                _leaving[silo] = true;
            if (snapshot.StatusOf(silo) != SiloStatus.Dead || !_deaths.TryRemove(silo, out _))
                continue;
            if (_leaving.TryRemove(silo, out _))
                death.CancelAfter(LastAnswers);
            else
                _ = death.CancelAsync();
        }
    }
}
