using Microsoft.AspNetCore.Http;

namespace ClickSink.Embedded.Http;

/// <summary>Which path is answered by whom.</summary>
internal sealed class RequestRouter
{
    private readonly QueryHandler _queries;
    private readonly string _hostName;

    public RequestRouter(QueryHandler queries, string hostName)
    {
        _queries = queries;
        _hostName = hostName;
    }

    /// <summary>Serves one request.</summary>
    public Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value;
        var isRead = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        var isPost = HttpMethods.IsPost(context.Request.Method);
        if (isRead && path is "/ping" or "/replicas_status" || isRead && path is "" or "/" && !context.Request.Query.ContainsKey("query"))
            return AnswerAsync(context, 200, "Ok.\n");
        if (path is "" or "/" or "/query" && (isRead || isPost))
            return _queries.HandleAsync(context);
        if (!isRead && !isPost)
            return AnswerAsync(context, 405, $"Method {context.Request.Method} is not served: use GET, HEAD or POST.\n");
        return AnswerAsync(context, 404,
            $"There is no handle {HeaderText.Clean(context.Request.Path + context.Request.QueryString)}\n\n" +
            "Use / or /ping for health checks.\nOr /replicas_status for more sophisticated health checks.\n\n" +
            "Send queries from your program with POST method or GET /?query=...\n");
    }

    private async Task AnswerAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = status == 200 ? "text/html; charset=UTF-8" : "text/plain; charset=UTF-8";
        context.Response.Headers["X-ClickHouse-Server-Display-Name"] = _hostName;
        context.Response.ContentLength = text.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.WriteAsync(text).ConfigureAwait(false);
    }
}
