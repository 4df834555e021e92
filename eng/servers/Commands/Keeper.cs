using System.Runtime.InteropServices;
using ClickSink.Servers.Postgres;
using ClickSink.Servers.Processes;

namespace ClickSink.Servers.Commands;

/// <summary>Starts servers and holds them until a signal comes or its owner is gone; then stops them.</summary>
internal sealed class Keeper
{
    private static readonly TimeSpan OwnerCheck = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan TransitionPatience = TimeSpan.FromSeconds(90);

    private readonly UpOptions _options;
    private readonly CancellationTokenSource _stop = new();

    public Keeper(UpOptions options) => _options = options;

    public async Task<int> RunAsync()
    {
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, OnSignal);
        await using var set = await OpenAsync();
        File.Delete(SetFiles.Variables(_options.Data));
        SetFiles.WriteOwner(_options.Data, _options.Owner);
        var pidFile = new PidFile(_options.Data, SetFiles.Keeper);
        pidFile.Write(ProcessIdentity.Of(Environment.ProcessId)!.Value, Signal.Term);
        var watching = WatchOwnerAsync();
        try
        {
            await StartAsync(set);
            await Task.Delay(Timeout.Infinite, _stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            Console.WriteLine("stopping");
        }
        finally
        {
            await _stop.CancelAsync();
            await watching;
            File.Delete(SetFiles.Variables(_options.Data));
            await set.StopAsync();
            pidFile.Delete();
        }

        return 0;
    }

    // A script that was killed and is started again at once comes before the keeper of its predecessor is through.
    private async Task<ServerSet> OpenAsync()
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            if (await ServerSet.TryOpenAsync(_options.Data, _options.Fresh) is { } set)
                return set;
            if (!SetFiles.IsInTransition(_options.Data) || TimeProvider.System.GetElapsedTime(started) > TransitionPatience)
                throw ServerFolder.InUse(_options.Data);
            await Task.Delay(50, _stop.Token);
        }
    }

    private async Task StartAsync(ServerSet set)
    {
        var started = TimeProvider.System.GetTimestamp();
        foreach (var name in _options.Names)
        {
            var port = _options.Ports.TryGetValue(name, out var given) ? given : (int?)null;
            await set.AddAsync(name, folder => ServerCatalog.Create(name, folder, port, _options.EmbeddedCommand));
        }

        await set.StartAsync(_stop.Token);
        foreach (var postgres in set.Servers.OfType<PostgresServer>())
            await postgres.EnsureDatabaseAsync("clicksink", _stop.Token);
        SetFiles.WriteVariables(_options.Data, set.Servers);
        Console.WriteLine($"{string.Join(", ", _options.Names)} ready after {TimeProvider.System.GetElapsedTime(started).TotalSeconds:0.0} s");
        Console.Write(File.ReadAllText(SetFiles.Variables(_options.Data)));
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        _stop.Cancel();
    }

    private async Task WatchOwnerAsync()
    {
        if (_options.Owner is not { } owner)
            return;
        using var timer = new PeriodicTimer(OwnerCheck);
        try
        {
            while (owner.IsAlive)
                await timer.WaitForNextTickAsync(_stop.Token);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        Console.WriteLine($"process {owner.Pid}, for which the servers were started, is gone");
        await _stop.CancelAsync();
    }
}
