using ClickSink.Embedded.Chdb;
using ClickSink.Embedded.Sql;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ClickSink.Embedded.Http;

/// <summary>The way of a query: from the request to the engine and back.</summary>
internal sealed partial class QueryHandler
{
    private readonly ChdbEngine _engine;
    private readonly QueryWorkers _workers;
    private readonly DataFolder _folder;
    private readonly Authenticator _authenticator;
    private readonly ILogger _logger;

    public QueryHandler(ChdbEngine engine, QueryWorkers workers, DataFolder folder, Authenticator authenticator, ILogger logger)
    {
        _engine = engine;
        _workers = workers;
        _folder = folder;
        _authenticator = authenticator;
        _logger = logger;
    }

    /// <summary>Serves one query.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var answer = new QueryAnswer(context, _engine);
        try
        {
            await ServeAsync(context, answer).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client is gone; nothing was inserted, because an insert begins when the whole body is here.
        }
        catch (BadHttpRequestException e)
        {
            await answer.FailAsync(Faults.BodyBrokeOff(e.Message), e.StatusCode).ConfigureAwait(false);
        }
        catch (InvalidDataException e)
        {
            await answer.FailAsync(Faults.CannotUnpack(e.Message)).ConfigureAwait(false);
        }
        catch (IOException e) when (!context.Response.HasStarted)
        {
            LogSpoolFailed(_logger, e, _folder.SpoolFolder);
            await answer.FailAsync(Faults.CannotSpool(_folder.SpoolFolder, e.Message)).ConfigureAwait(false);
        }
    }

    private async Task ServeAsync(HttpContext context, QueryAnswer answer)
    {
        // 1. Who is it? Before a byte of the body is read.
        if (_authenticator.Check(context.Request) is { } denied)
        {
            LogDenied(_logger, context.Connection.RemotePort);
            await answer.FailAsync(denied).ConfigureAwait(false);
            return;
        }

        // 2. What is asked, and with which settings?
        var fault = QueryRequest.TryRead(context.Request, out var query);
        answer.QueryId = query.QueryId;
        string? packedBy = null;
        fault ??= ContentEncodings.TryParse(context.Request.Headers.ContentEncoding, out packedBy);
        if (HasUnknownLength(context.Request))
            fault ??= Faults.LengthRequired;
        if (fault is not null)
        {
            await answer.FailAsync(fault).ConfigureAwait(false);
            return;
        }

        // 3. Read the text as far as the data.
        using var text = await RequestText.ReadAsync(query, packedBy, context.Request, UnpackAsync).ConfigureAwait(false);
        if (text.Statement.Fault is { } refused)
        {
            await answer.FailAsync(refused).ConfigureAwait(false);
            return;
        }

        // 4. The data of an insert goes to a file: the engine cuts inline data at its query size limit without a word (chDB 26.5),
        //    and only a file that is complete can be trusted to hold the whole body.
        using var file = PlanFactory.NeedsFile(text, query) ? new SpoolFile(_folder) : null;
        var isInsert = text.Statement.Kind is StatementKind.InsertData or StatementKind.InsertInput;
        if (isInsert)
        {
            await using (var stream = file!.Create())
                await text.WriteDataAsync(stream, context.RequestAborted).ConfigureAwait(false);
            RequireWhole(file, text.PackedBy);
        }

        // 5. Run it. A read ends when its client leaves; a write that has begun is finished.
        var job = new QueryJob(_engine, PlanFactory.Make(text, query, file?.Path), _logger);
        if (!_workers.TryAdmit(job))
        {
            await answer.FailAsync(Faults.TooManyQueries).ConfigureAwait(false);
            return;
        }
        var leaves = text.Statement.Kind == StatementKind.Select ? context.RequestAborted : CancellationToken.None;
        await using var leaving = leaves.UnsafeRegister(static j => ((QueryJob)j!).Cancel(), job);
        try
        {
            // 6. Send what it gives.
            await answer.SendAsync(job, query, text.Statement, file).ConfigureAwait(false);
        }
        catch
        {
            job.Cancel();
            throw;
        }
        finally
        {
            // The engine reads or writes the file until then.
            await job.Ended.ConfigureAwait(false);
            job.FreeUnread();
        }
    }

    private static bool HasUnknownLength(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && request.ContentLength is null && request.Headers.TransferEncoding.Count == 0;

    private static void RequireWhole(SpoolFile file, string? packedBy)
    {
        if (packedBy is not ("lz4" or "zstd"))
            return;
        // Two small reads a block; a buffer saves most of the system calls.
        using var stream = new BufferedStream(file.OpenRead(), 4096);
        if (!PackedFrames.AreComplete(stream))
            throw new InvalidDataException($"it ends in the middle of an {packedBy} frame. Nothing was inserted; send it whole.");
    }

    private async Task<SpoolFile> UnpackAsync(Stream body, string method)
    {
        using var packed = new SpoolFile(_folder);
        await using (var stream = packed.Create())
            await BodyCopy.ToFileAsync(body, stream, CancellationToken.None).ConfigureAwait(false);
        RequireWhole(packed, method);
        var plain = new SpoolFile(_folder);
        try
        {
            var job = new QueryJob(_engine, PlanFactory.Unpack(packed.Path, plain.Path, method), _logger);
            if (!_workers.TryAdmit(job))
                throw new IOException("too many queries are running to unpack it; try again later.");
            var result = await job.NextAsync().ConfigureAwait(false);
            await job.Finished.ConfigureAwait(false);
            var fault = result?.Fault;
            result?.Free();
            return fault is null ? plain : throw new InvalidDataException(fault.Message);
        }
        catch
        {
            plain.Dispose();
            throw;
        }
    }

    [LoggerMessage(EventId = 4, Level = LogLevel.Warning,
        Message = "A request from port {RemotePort} had a wrong user or password; it got error 516.")]
    private static partial void LogDenied(ILogger logger, int remotePort);

    [LoggerMessage(EventId = 5, Level = LogLevel.Error,
        Message = "A request body cannot be written to {Folder}: its insert got error 243 and nothing of it is stored. Check the free space there.")]
    private static partial void LogSpoolFailed(ILogger logger, Exception exception, string folder);
}
