using System.Net;
using ClickSink.Embedded.Chdb;
using ClickSink.Embedded.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickSink.Embedded;

/// <summary>ClickHouse's engine in this process, behind ClickHouse's HTTP interface on loopback. One at a time in a process.</summary>
/// <remarks>See docs/embedded-clickhouse.md for what is served and what is not.</remarks>
public sealed partial class EmbeddedClickHouseServer : IAsyncDisposable
{
    private static readonly TimeSpan CancelGrace = TimeSpan.FromSeconds(5);

    private readonly EmbeddedClickHouseOptions _options;
    private readonly DataFolder _folder;
    private readonly ChdbEngine _engine;
    private readonly QueryWorkers _workers;
    private readonly WebApplication _web;
    private readonly ILogger _logger;
    private readonly Lock _stopLock = new();
    private Task? _stopping;

    private EmbeddedClickHouseServer(
        EmbeddedClickHouseOptions options, DataFolder folder, ChdbEngine engine, QueryWorkers workers, WebApplication web, ILogger logger)
    {
        _options = options;
        _folder = folder;
        _engine = engine;
        _workers = workers;
        _web = web;
        _logger = logger;
    }

    /// <summary>The port that it listens on.</summary>
    public int Port { get; private set; }

    /// <summary>Where it is reached, such as http://127.0.0.1:8123/.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>The version of ClickHouse that the engine is, such as 26.5.1.1.</summary>
    public string Version => _engine.Version;

    /// <summary>Starts the engine and the HTTP interface; done when it answers.</summary>
    /// <exception cref="EmbeddedClickHouseException">
    /// An option is wrong, or the library, the folder or the port cannot be had; the message says what to do.
    /// </exception>
    public static async Task<EmbeddedClickHouseServer> StartAsync(
        EmbeddedClickHouseOptions options, ILoggerFactory? loggerFactory = null, CancellationToken cancellationToken = default)
    {
        var faults = EmbeddedClickHouseOptionsValidator.Validate(options);
        if (faults.Count > 0)
            throw new EmbeddedClickHouseException("The embedded ClickHouse cannot start:\n- " + string.Join("\n- ", faults));

        loggerFactory ??= NullLoggerFactory.Instance;
        var logger = loggerFactory.CreateLogger<EmbeddedClickHouseServer>();
        var library = ChdbLibraryLocator.Locate(options.LibraryPath);
        var folder = DataFolder.Open(options.DataPath, options.SpoolPath);
        ChdbEngine? engine = null;
        try
        {
            engine = ChdbEngine.Open(library, folder, options.MaxMemoryBytes);
            var workers = new QueryWorkers(options.MaxConcurrentQueries, options.MaxQueuedQueries);
            var queries = new QueryHandler(engine, workers, folder, new Authenticator(options.User, options.Password), logger);
            var web = BuildWeb(options, loggerFactory);
            web.Run(new RequestRouter(queries, engine.HostName).HandleAsync);
            var server = new EmbeddedClickHouseServer(options, folder, engine, workers, web, logger);
            await server.ListenAsync(cancellationToken).ConfigureAwait(false);
            LogStarted(logger, engine.Version, server.Address, folder.Path);
            return server;
        }
        catch
        {
            engine?.TryClose();
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Starts a server, runs it until <paramref name="cancellationToken"/> is cancelled, and stops it.</summary>
    /// <returns>0 after an orderly run, 1 when it could not start; the reason is on standard error.</returns>
    public static async Task<int> RunAsync(EmbeddedClickHouseOptions options, CancellationToken cancellationToken)
    {
        using var loggers = LoggerFactory.Create(builder => builder
            .AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.TimestampFormat = "yyyy-MM-dd HH:mm:ss ";
                console.UseUtcTimestamp = true;
            })
            .AddFilter("Microsoft", LogLevel.None));
        try
        {
            var server = await StartAsync(options, loggers, cancellationToken).ConfigureAwait(false);
            await using (server.ConfigureAwait(false))
            {
                var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                await using var registration = cancellationToken.UnsafeRegister(static s => ((TaskCompletionSource)s!).TrySetResult(), stopped);
                await stopped.Task.ConfigureAwait(false);
                await server.StopAsync().ConfigureAwait(false);
            }
            return 0;
        }
        catch (EmbeddedClickHouseException e)
        {
            await Console.Error.WriteLineAsync(e.Message).ConfigureAwait(false);
            return 1;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return 0;
        }
    }

    /// <summary>Takes no more requests, lets running queries end within StopTimeout, cancels the rest, and closes the engine.</summary>
    public Task StopAsync()
    {
        lock (_stopLock)
            return _stopping ??= StopCoreAsync();
    }

    /// <summary>Stops it.</summary>
    public async ValueTask DisposeAsync() => await StopAsync().ConfigureAwait(false);

    private async Task StopCoreAsync()
    {
        // 1. Time for what is running to end, then it is cancelled; 2. a little more for that, then connections are cut whose bodies never end.
        using var patience = new CancellationTokenSource(_options.StopTimeout);
        using var limit = new CancellationTokenSource(_options.StopTimeout + CancelGrace);
        await using (patience.Token.UnsafeRegister(static s => ((EmbeddedClickHouseServer)s!).CancelAll(), this))
        {
            await _web.StopAsync(limit.Token).ConfigureAwait(false);
            await Task.WhenAny(Task.WhenAll(_workers.Admitted.Select(job => job.Ended)), Task.Delay(CancelGrace)).ConfigureAwait(false);
        }
        _workers.Dispose();
        await _web.DisposeAsync().ConfigureAwait(false);
        if (!_engine.TryClose())
        {
            // The folder stays locked as well: it is in use.
            LogStuck(_logger, CancelGrace);
            return;
        }
        _folder.Dispose();
        LogStopped(_logger);
    }

    private void CancelAll()
    {
        var running = _workers.Admitted;
        if (running.Count > 0)
            LogCancelling(_logger, running.Count, _options.StopTimeout);
        foreach (var job in running)
            job.Cancel();
    }

    private static WebApplication BuildWeb(EmbeddedClickHouseOptions options, ILoggerFactory loggerFactory)
    {
        // Nothing but the web server: no configuration files, no environment, no signal handlers of its own.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(loggerFactory);
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(host => host.ShutdownTimeout = Timeout.InfiniteTimeSpan);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // Bodies of any size, from clients of any speed: this is loopback.
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Limits.MaxRequestBufferSize = 4 << 20;
            // ClickHouse's http_max_uri_size and http_max_field_value_size.
            kestrel.Limits.MaxRequestLineSize = 1 << 20;
            kestrel.Limits.MaxRequestHeadersTotalSize = 256 << 10;
            var isName = options.Address.Equals("localhost", StringComparison.OrdinalIgnoreCase);
            var address = isName ? IPAddress.Loopback : IPAddress.Parse(options.Address);
            kestrel.Listen(address, options.Port);
        });
        return builder.Build();
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _web.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw new EmbeddedClickHouseException(
                $"Port {_options.Port} on {_options.Address} cannot be listened on: {e.Message} Stop what uses it, or choose another Port.", e);
        }
        var address = _web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Address = new Uri(address);
        Port = Address.Port;
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information,
        Message = "ClickHouse {Version} (chDB) answers on {Address}, data in {DataPath}.")]
    private static partial void LogStarted(ILogger logger, string version, Uri address, string dataPath);

    [LoggerMessage(EventId = 2, Level = LogLevel.Information, Message = "ClickHouse (chDB) is stopped.")]
    private static partial void LogStopped(ILogger logger);

    [LoggerMessage(EventId = 7, Level = LogLevel.Error,
        Message = "A query does not heed its cancellation for {Grace}: the engine is left open. Acknowledged data is safe; end the process.")]
    private static partial void LogStuck(ILogger logger, TimeSpan grace);

    [LoggerMessage(EventId = 3, Level = LogLevel.Warning,
        Message = "{Count} queries still ran after {StopTimeout}: they are cancelled, and their clients get an error.")]
    private static partial void LogCancelling(ILogger logger, int count, TimeSpan stopTimeout);
}
