using System.Diagnostics;
using System.Globalization;
using System.Text;
using ClickSink.Embedded.Chdb;
using ClickSink.Embedded.Sql;
using Microsoft.AspNetCore.Http;

namespace ClickSink.Embedded.Http;

/// <summary>Writes the answer to one query: headers, result, or error.</summary>
internal sealed class QueryAnswer
{
    // ClickHouse holds the first megabyte back too: an error in it still gets its own status.
    private const int HeldBackBytes = 1 << 20;

    private readonly HttpContext _context;
    private readonly ChdbEngine _engine;
    private readonly long _started = Stopwatch.GetTimestamp();

    public QueryAnswer(HttpContext context, ChdbEngine engine)
    {
        _context = context;
        _engine = engine;
    }

    /// <summary>The id that the client gave, or that was made for it.</summary>
    public string QueryId { get; set; } = "";

    /// <summary>Answers with an error, which must come before any other part of the answer.</summary>
    public async Task FailAsync(QueryFault fault, int? status = null)
    {
        var response = _context.Response;
        if (response.HasStarted)
            throw new BrokenAnswerException(fault.Message);
        var body = Encoding.UTF8.GetBytes(fault.ToText(_engine.Version));
        response.StatusCode = status ?? HttpStatusMap.StatusFor(fault.Code);
        SetHeaders("text/plain; charset=UTF-8");
        response.Headers["X-ClickHouse-Exception-Code"] = fault.Code.ToString(CultureInfo.InvariantCulture);
        response.ContentLength = body.Length;
        if (fault.Code == 194)
            response.Headers.WWWAuthenticate = "Basic realm=\"ClickHouse server HTTP API\"";
        if (!HttpMethods.IsHead(_context.Request.Method))
            await response.Body.WriteAsync(body).ConfigureAwait(false);
    }

    /// <summary>Answers with what the job gives, or with what <paramref name="file"/> holds when it has ended.</summary>
    public async Task SendAsync(QueryJob job, QueryRequest query, Statement statement, SpoolFile? file)
    {
        var held = new List<EngineResult>();
        try
        {
            // 1. Hold back until there is a megabyte, the end, or an error.
            var counters = default(QueryCounters);
            var heldBytes = 0;
            var ended = false;
            while (heldBytes <= HeldBackBytes && !ended)
            {
                var chunk = await job.NextAsync().ConfigureAwait(false);
                if (chunk is null)
                {
                    ended = true;
                    break;
                }
                held.Add(chunk);
                if (chunk.Fault is not null)
                {
                    await FailAsync(chunk.Fault).ConfigureAwait(false);
                    return;
                }
                counters += chunk.Counters;
                heldBytes += chunk.Bytes;
            }
            if (held.Count == 0 && !_context.RequestAborted.IsCancellationRequested && job.WasCancelled)
            {
                await FailAsync(Faults.Stopping).ConfigureAwait(false);
                return;
            }
            if (statement.Kind == StatementKind.InsertData && counters.WrittenRows < counters.ResultRows)
            {
                await FailAsync(Faults.RowsMissing(counters.ResultRows, counters.WrittenRows)).ConfigureAwait(false);
                return;
            }

            // 2. Headers: complete when the end is here, else what is known so far.
            var hasResult = statement.Kind == StatementKind.Select || heldBytes > 0;
            var format = statement.Format ?? query.DefaultFormat;
            SetHeaders(hasResult ? FormatNames.ContentType(format) : "text/plain; charset=UTF-8");
            if (hasResult)
                _context.Response.Headers["X-ClickHouse-Format"] = format;
            _context.Response.Headers["X-ClickHouse-Summary"] = Summary(counters, file is null ? heldBytes : file.Length);
            var body = new AnswerBody(_context, query.AllowsCompression);
            await using (body.ConfigureAwait(false))
            {
                // 3. The result.
                if (statement.Kind == StatementKind.Select && file is not null)
                    await body.SendFileAsync(file).ConfigureAwait(false);
                else
                    await SendChunksAsync(job, body, held, ended, heldBytes).ConfigureAwait(false);
            }
        }
        finally
        {
            foreach (var chunk in held)
                chunk.Free();
        }
    }

    private async Task SendChunksAsync(QueryJob job, AnswerBody body, List<EngineResult> held, bool ended, int heldBytes)
    {
        var tag = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(8));
        if (ended)
            body.AnnounceLength(heldBytes);
        else
            _context.Response.Headers["X-ClickHouse-Exception-Tag"] = tag;
        foreach (var chunk in held)
            await body.WriteAsync(chunk.Memory).ConfigureAwait(false);
        while (!ended && await job.NextAsync().ConfigureAwait(false) is { } chunk)
        {
            try
            {
                if (chunk.Fault is not null)
                {
                    await body.BreakAsync(chunk.Fault.ToText(_engine.Version), tag).ConfigureAwait(false);
                    throw new BrokenAnswerException(chunk.Fault.Message);
                }
                await body.WriteAsync(chunk.Memory).ConfigureAwait(false);
            }
            finally
            {
                chunk.Free();
            }
        }
        if (job.WasCancelled)
            throw new BrokenAnswerException("The query was cancelled.");
    }

    private void SetHeaders(string contentType)
    {
        var headers = _context.Response.Headers;
        headers.ContentType = contentType;
        headers["X-ClickHouse-Server-Display-Name"] = _engine.HostName;
        headers["X-ClickHouse-Timezone"] = _engine.TimeZone;
        if (QueryId.Length > 0)
            headers["X-ClickHouse-Query-Id"] = HeaderText.Clean(QueryId);
    }

    private string Summary(QueryCounters counters, long resultBytes)
    {
        var elapsed = Stopwatch.GetElapsedTime(_started).Ticks * 100;
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            {"read_rows":"{{counters.ReadRows}}","read_bytes":"{{counters.ReadBytes}}","written_rows":"{{counters.WrittenRows}}",
            "written_bytes":"{{counters.WrittenBytes}}","total_rows_to_read":"0","result_rows":"{{counters.ResultRows}}",
            "result_bytes":"{{resultBytes}}","elapsed_ns":"{{elapsed}}"}
            """).ReplaceLineEndings("");
    }
}
