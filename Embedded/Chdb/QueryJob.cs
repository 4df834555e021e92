using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace ClickSink.Embedded.Chdb;

/// <summary>One query on its way through the engine: run on a worker thread, its result read by the request.</summary>
internal sealed partial class QueryJob
{
    // A chunk is about 65,000 rows. A few ahead keep the engine busy while the network takes one; more would only fill memory for a
    // slow client.
    private const int ChunksAhead = 3;

    private readonly ChdbEngine _engine;
    private readonly QueryPlan _plan;
    private readonly ILogger _logger;
    private readonly Channel<EngineResult> _chunks =
        Channel.CreateBounded<EngineResult>(new BoundedChannelOptions(ChunksAhead) { SingleReader = true, SingleWriter = true });
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _cancelled = new();
    private volatile Task _killing = Task.CompletedTask;

    public QueryJob(ChdbEngine engine, QueryPlan plan, ILogger logger)
    {
        _engine = engine;
        _plan = plan;
        _logger = logger;
    }

    /// <summary>Whether someone ended it early.</summary>
    public bool WasCancelled => _cancelled.IsCancellationRequested;

    /// <summary>Done when the query is finished and so is the attempt, if there was one, to cancel it.</summary>
    public Task Ended => Task.WhenAll(Finished, _killing);

    /// <summary>Done when the engine has nothing to do with this query any more.</summary>
    public Task Finished => _finished.Task;

    /// <summary>The next part of the result, which the caller frees; one with a fault is the last; null is the end.</summary>
    public async ValueTask<EngineResult?> NextAsync()
    {
        while (await _chunks.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            if (_chunks.Reader.TryRead(out var chunk))
                return chunk;
        }
        return null;
    }

    /// <summary>Runs the query; called by a worker, once. Never throws.</summary>
    public void Run()
    {
        try
        {
            if (!_cancelled.IsCancellationRequested)
                RunInSession();
        }
        catch (OperationCanceledException) when (_cancelled.IsCancellationRequested)
        {
            // Asked for by Cancel.
        }
        catch (Exception e)
        {
            LogBroken(_logger, e, _plan.LogComment);
            _chunks.Writer.TryWrite(_engine.Failed(Faults.Broken(e.Message)));
        }
        _chunks.Writer.TryComplete();
        _finished.TrySetResult();
    }

    /// <summary>Ends the query early, wherever it is: waiting, running, or handing over its result.</summary>
    public void Cancel()
    {
        if (_cancelled.IsCancellationRequested)
            return;
        _cancelled.Cancel();
        _killing = Task.Run(KillAsync);
    }

    /// <summary>Gives back what nobody will read.</summary>
    public void FreeUnread()
    {
        while (_chunks.Reader.TryRead(out var chunk))
            chunk.Free();
    }

    private void RunInSession()
    {
        using var connection = _engine.Connect();
        foreach (var statement in _plan.Prelude)
        {
            if (connection.Run(statement) is { } fault)
            {
                Emit(_engine.Failed(fault));
                return;
            }
        }
        if (_plan.Streams)
        {
            using var stream = connection.OpenStream(_plan.Text.Span, _plan.Format, _plan.Parameters);
            if (!stream.IsUnsupported)
            {
                if (stream.Fault is not null)
                    Emit(_engine.Failed(stream.Fault));
                while (stream.Next() is { } chunk)
                    Emit(chunk);
                return;
            }
        }
        Emit(connection.Run(_plan.Text.Span, _plan.Format, _plan.Parameters));
    }

    private void Emit(EngineResult chunk)
    {
        if (_chunks.Writer.TryWrite(chunk))
            return;
        try
        {
            // The worker's thread is its own: blocking it is what holds a query back whose client is slow.
            _chunks.Writer.WriteAsync(chunk, _cancelled.Token).AsTask().GetAwaiter().GetResult();
        }
        catch
        {
            chunk.Free();
            throw;
        }
    }

    private async Task KillAsync()
    {
        // The query may be just about to enter the engine's list, where one KILL would miss it.
        while (!Finished.IsCompleted)
        {
            try
            {
                _engine.Cancel(_plan.LogComment);
            }
            catch (Exception e)
            {
                LogBroken(_logger, e, _plan.LogComment);
            }
            await Task.WhenAny(Finished, Task.Delay(TimeSpan.FromMilliseconds(200))).ConfigureAwait(false);
            FreeUnread();
        }
        FreeUnread();
    }

    [LoggerMessage(EventId = 6, Level = LogLevel.Error,
        Message = "Query {LogComment} broke outside of the engine; its client gets error 1001.")]
    private static partial void LogBroken(ILogger logger, Exception exception, string logComment);
}
