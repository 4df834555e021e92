using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Standin.Locating;
using Orleans.Standin.Membership;
using Orleans.Standin.Messaging;
using Orleans.Standin.Runtime;

namespace Orleans.Standin.Hosting;

/// <summary>A silo's life: join, run, leave; or end at once when the others have declared it dead.</summary>
internal sealed partial class SiloHostedService : IHostedService
{
    private static readonly TimeSpan LongestEndOfTheDead = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestWaitForAnswers = TimeSpan.FromSeconds(10);
    private readonly IServiceProvider _services;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly ILogger _logger;
    private CallServer? _server;
    private volatile bool _isDead;
    private volatile bool _leaves;

    public SiloHostedService(IServiceProvider services, IHostApplicationLifetime lifetime, ILogger<SiloHostedService> logger) =>
        (_services, _lifetime, _logger) = (services, lifetime, logger);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Validate();
        var local = Get<LocalSilo>();
        var agent = Get<MembershipAgent>();
        var cluster = Get<ClusterView>();

        // 1. Answer other silos, 2. be in the table, 3. know what the others can run, 4. run grains, 5. take clients.
        _server = Get<CallServer>();
        await _server.StartAsync(cancellationToken);
        cluster.Changed += StopIfDeclaredDead;
        Get<DirectoryLoss>().Watch();
        await agent.JoinAsync();
        await Get<JoinCheck>().WaitUntilReachableAsync(cancellationToken);
        await Get<ClusterManifest>().UpdateAsync(cluster.Current);
        await agent.BecomeAsync(SiloStatus.Active);
        _server.OpenGateway();
        await Get<SiloLoops>().StartAsync();
        LogStarted(_logger, local.Name, local.SiloAddress.ToString(), local.ClusterId);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_server is null)
            return;

        _leaves = true;
        _server.CloseGateway();
        if (_isDead)
            await EndAsDeadAsync();
        else
            await LeaveAsync(cancellationToken);

        // In order the connections are closed by HTTP/2's farewell: a call that was sent while they closed is known not to have been executed.
        using var farewell = new CancellationTokenSource(_isDead ? TimeSpan.Zero : LongestFarewell);
        await _server.StopAsync(farewell.Token);
    }

    private async Task LeaveAsync(CancellationToken cancellation)
    {
        var agent = Get<MembershipAgent>();
        try
        {
            await agent.BecomeAsync(SiloStatus.ShuttingDown);
            await Get<SiloLoops>().StopAsync();
            await Get<ActivationTable>().CloseAsync(new DeactivationReason(DeactivationReasonCode.ShuttingDown, "The silo stops."), cancellation);

            // What came in is answered before the others are told, and what came until they knew before the ports close: no answer is lost.
            await AnswerAllAsync(cancellation);
            await agent.BecomeAsync(SiloStatus.Dead);
            await AnswerAllAsync(cancellation);
        }
        catch (Exception exception)
        {
            // The table cannot be reached: the others find out by probing.
            LogLeaveFailed(_logger, exception);
        }
    }

    private async Task AnswerAllAsync(CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(LongestWaitForAnswers);
        await _server!.WhenAnsweredAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>The others may run this silo's grains already: its own are told to end, briefly, and the membership table is left alone.</summary>
    private async Task EndAsDeadAsync()
    {
        using var patience = new CancellationTokenSource(LongestEndOfTheDead);
        await Get<SiloLoops>().StopAsync();
        await Get<ActivationTable>().CloseAsync(
            new DeactivationReason(DeactivationReasonCode.RuntimeRequested, "The silo was declared dead."), patience.Token);
    }

    private void StopIfDeclaredDead(MembershipSnapshot snapshot)
    {
        var self = Get<LocalSilo>().SiloAddress;
        if (_leaves || _isDead || snapshot.StatusOf(self) != SiloStatus.Dead)
            return;

        _isDead = true;
        LogDeclaredDead(_logger, self.ToString());
        _server?.PlayDead();
        Environment.ExitCode = 1;

        // On a thread of its own: the program's handlers run in this call, and the view of the cluster is locked here.
        _ = Task.Run(_lifetime.StopApplication);
    }

    private void Validate()
    {
        var cluster = Get<IOptions<ClusterOptions>>().Value;
        if (string.IsNullOrWhiteSpace(cluster.ClusterId) || string.IsNullOrWhiteSpace(cluster.ServiceId))
            throw new OrleansConfigurationException("ClusterOptions.ClusterId and ClusterOptions.ServiceId must not be empty.");
        if (_services.GetService<IMembershipTable>() is null)
            throw new OrleansConfigurationException("No clustering: call UseAdoNetClustering or UseLocalhostClustering on the silo builder.");
    }

    private T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    [LoggerMessage(Level = LogLevel.Information, Message = "Silo {Name} at {Silo} runs in cluster {Cluster}, on the Orleans stand-in: not for production")]
    private static partial void LogStarted(ILogger logger, string name, string silo, string cluster);

    [LoggerMessage(Level = LogLevel.Critical, Message = "{Silo} was declared dead by the others: it ends now. Was it stopped, or cut off, for longer than its probes allow?")]
    private static partial void LogDeclaredDead(ILogger logger, string silo);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The silo could not leave its cluster in order; the others will declare it dead")]
    private static partial void LogLeaveFailed(ILogger logger, Exception exception);
}
