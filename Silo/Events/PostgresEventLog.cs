using ClickSink.Grains.Events;
using ClickSink.Silo.Hosting;

namespace ClickSink.Silo.Events;

/// <summary>Writes what grains told to PostgreSQL, in batches and in order, and removes what is older than the retention. Away from the grains' turns.</summary>
internal sealed partial class PostgresEventLog : BackgroundService
{
    private const int BatchSize = 500;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RemoveEvery = TimeSpan.FromHours(1);
    private static readonly TimeSpan LastBatch = TimeSpan.FromSeconds(3);

    private readonly EventBuffer _buffer;
    private readonly EventStore _store;
    private readonly SiloHostOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<PostgresEventLog> _logger;
    private List<BufferedEvent> _inHand = [];
    private long _droppedLogged;

    public PostgresEventLog(EventBuffer buffer, EventStore store, SiloHostOptions options, TimeProvider time, ILogger<PostgresEventLog> logger)
    {
        _buffer = buffer;
        _store = store;
        _options = options;
        _time = time;
        _logger = logger;
    }

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(LastBatch);
        try
        {
            // The grains have ended by now: what they told last is stored, unless PostgreSQL is away.
            do await WriteNextAsync(bound.Token);
            while (_inHand.Count > 0);
        }
        catch (Exception e)
        {
            LogLost(_inHand.Count, e.Message);
        }
    }

    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(WriteAllAsync(stoppingToken), RemoveOldAsync(stoppingToken));

    private async Task WriteAllAsync(CancellationToken stopping)
    {
        while (_inHand.Count > 0 || await _buffer.WaitAsync(stopping))
        {
            try
            {
                await WriteNextAsync(stopping);
            }
            catch (Exception e) when (!stopping.IsCancellationRequested)
            {
                LogAway(_inHand.Count, e.Message);
                await Task.Delay(RetryAfter, _time, stopping);
            }
        }
    }

    // What was taken stays in hand until it is stored, so that a failure loses nothing and keeps the order.
    private async Task WriteNextAsync(CancellationToken cancellation)
    {
        if (_inHand.Count == 0) _inHand = _buffer.Take(BatchSize);
        if (_inHand.Count == 0) return;
        await _store.WriteAsync(_inHand, cancellation);
        _inHand = _buffer.Take(BatchSize);
        var dropped = _buffer.Dropped;
        if (dropped == _droppedLogged) return;
        LogDropped(dropped - _droppedLogged);
        _droppedLogged = dropped;
    }

    private async Task RemoveOldAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(RemoveEvery, _time);
        do
        {
            try
            {
                var removed = await _store.RemoveBeforeAsync(_time.GetUtcNow() - _options.EventRetention, stopping);
                if (removed > 0) LogRemoved(removed, _options.EventRetention);
            }
            catch (Exception e) when (!stopping.IsCancellationRequested)
            {
                LogNotRemoved(e.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} events cannot be written to PostgreSQL now: {Error}. They are kept and written later")]
    private partial void LogAway(int count, string error);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} events were dropped: PostgreSQL was away for so long that there was no room for them. The pipelines are not affected")]
    private partial void LogDropped(long count);

    [LoggerMessage(Level = LogLevel.Error, Message = "This silo ends with {Count} events or more that PostgreSQL did not take: {Error}")]
    private partial void LogLost(int count, string error);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} events older than {Retention} were removed")]
    private partial void LogRemoved(int count, TimeSpan retention);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old events cannot be removed now: {Error}. It is tried again in an hour")]
    private partial void LogNotRemoved(string error);
}
