using System.Diagnostics;

namespace ClickSink.Servers.Processes;

/// <summary>
/// One server process: started with a log file, probed until it answers, stopped in order, killed, frozen and started again. It
/// dies with the program that started it; what is left behind all the same is found by its pid file at the next start.
/// Calls must not overlap.
/// </summary>
public sealed class ServerProcess : IAsyncDisposable
{
    // `exec` all the way down, so that the process id is the server's own. setsid keeps a terminal's Ctrl-C from reaching the
    // server before its owner has decided the order of stopping.
    private const string Script = "log=$1 death=$2; shift 2; exec >>\"$log\" 2>&1 </dev/null; exec setsid setpriv --pdeathsig \"$death\" \"$@\"";

    private readonly ServerProcessOptions _options;
    private readonly PidFile _pidFile;
    private ProcessIdentity? _identity;

    /// <summary>Describes the process; nothing is started.</summary>
    public ServerProcess(ServerProcessOptions options)
    {
        _options = options;
        _pidFile = new(options.Folder, options.Name);
        LogPath = Path.Combine(options.Folder, options.Name + ".log");
    }

    /// <summary>The server's output, appended over restarts.</summary>
    public string LogPath { get; }

    /// <summary>True while the process runs, frozen or not.</summary>
    public bool IsRunning => _identity?.IsAlive == true;

    /// <summary>The id of the process while it runs; null otherwise.</summary>
    public int? Pid => IsRunning ? _identity!.Value.Pid : null;

    /// <summary>Starts the server and returns when its probe succeeds.</summary>
    /// <exception cref="ServerException">It ended early or was not ready in time; the message shows the end of its log.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        if (IsRunning)
            throw new InvalidOperationException($"{_options.Name} already runs as process {Pid}; stop it first.");
        await _pidFile.StopLeftoverAsync(_options.StopTimeout);
        var logStart = File.Exists(LogPath) ? new FileInfo(LogPath).Length : 0;

        using var process = await LaunchAsync();
        _identity = ProcessIdentity.Of(process.Id);
        if (_identity is { } identity)
            _pidFile.Write(identity, _options.StopSignal);
        try
        {
            await WaitReadyAsync(process, logStart, cancellationToken);
        }
        catch
        {
            await KillAsync();
            throw;
        }
    }

    /// <summary>Ends the server in order; kills it when that takes longer than <see cref="ServerProcessOptions.StopTimeout"/>.</summary>
    /// <returns>True when it ended in order or did not run.</returns>
    public async Task<bool> StopAsync()
    {
        var inOrder = _identity is not { } identity || await PidFile.StopAsync(identity, _options.StopSignal, _options.StopTimeout);
        Forget();
        return inOrder;
    }

    /// <summary>Ends the server by SIGKILL, as a crash would, and returns when it is gone.</summary>
    public async Task KillAsync()
    {
        if (_identity is { } identity)
            await PidFile.StopAsync(identity, Signal.Kill, TimeSpan.FromSeconds(30));
        Forget();
    }

    /// <summary>Stops all threads of the server (SIGSTOP): its sockets stay open and nothing answers.</summary>
    public void Freeze() => Send(Signal.Stop);

    /// <summary>Lets a frozen server go on (SIGCONT).</summary>
    public void Thaw() => Send(Signal.Cont);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync();

    private void Send(Signal signal)
    {
        if (_identity is not { } identity || !Posix.TrySignal(identity, signal))
            throw new InvalidOperationException($"{_options.Name} does not run; its log is {LogPath}.");
    }

    private void Forget()
    {
        _identity = null;
        _pidFile.Delete();
    }

    private Task<Process> LaunchAsync()
    {
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = _options.WorkingFolder ?? _options.Folder };
        foreach (var argument in (string[])["-c", Script, "sh", LogPath, $"{_options.OwnerDeathSignal}".ToUpperInvariant()])
            start.ArgumentList.Add(argument);
        if (_options.RunAs is { } user)
        {
            foreach (var argument in (string[])["--reuid", user, "--regid", user, "--init-groups"])
                start.ArgumentList.Add(argument);
        }

        start.ArgumentList.Add("--");
        start.ArgumentList.Add(_options.Program);
        foreach (var argument in _options.Arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in _options.Environment)
            start.Environment[name] = value;
        return Launcher.StartAsync(start);
    }

    private async Task WaitReadyAsync(Process process, long logStart, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        Exception? last = null;
        while (TimeProvider.System.GetElapsedTime(started) < _options.StartTimeout)
        {
            cancellationToken.ThrowIfCancellationRequested();
            // Asked before the probe: the port could be answered by a server that is not ours.
            if (process.HasExited)
                throw Failed($"ended with exit code {process.ExitCode} before it was ready", logStart, last);
            using var attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            attempt.CancelAfter(TimeSpan.FromSeconds(5));
            try
            {
                await _options.Probe(attempt.Token);
                return;
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
            {
                last = fault;
            }

            await Task.Delay(25, cancellationToken);
        }

        throw Failed($"was not ready after {_options.StartTimeout.TotalSeconds:0} s", logStart, last);
    }

    private ServerException Failed(string what, long logStart, Exception? last) =>
        new($"{_options.Name} {what}{(last is null ? "" : $" (last try: {last.Message})")}. The end of {LogPath}:\n{LogTail.Read(LogPath, logStart)}", last);
}
