using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;

namespace ClickSink.Engine.Sinks.ClickHouse;

/// <summary>One call of ClickHouse's HTTP interface.</summary>
internal sealed partial class ClickHouseClient : IDisposable
{
    private const int MaxErrorLength = 600;

    private readonly ClickHouseSinkOptions _options;
    private readonly HttpClient _http;

    public ClickHouseClient(ClickHouseSinkOptions options)
    {
        _options = options;
        var handler = new SocketsHttpHandler
        {
            // A server that moved is found again, and an idle connection is closed before the server does so (ClickHouse: keep_alive_timeout, 3 s in old servers).
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(2),
            ConnectTimeout = TimeSpan.FromSeconds(5),
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
        };
        _http = new HttpClient(handler) { BaseAddress = new Uri(options.Url), Timeout = options.Timeout };
    }

    /// <summary>Runs a query that answers with text.</summary>
    public ValueTask<(SinkOutcome Outcome, string Text)> QueryAsync(string query, string target, CancellationToken cancellation) =>
        SendAsync(new StringContent(query, System.Text.Encoding.UTF8), [], target, cancellation);

    /// <summary>Runs a statement that changes a table, with the user's settings: old servers want some for certain types.</summary>
    public async ValueTask<SinkOutcome> ExecuteAsync(string statement, string target, CancellationToken cancellation) =>
        (await SendAsync(new StringContent(statement, System.Text.Encoding.UTF8), _options.Settings, target, cancellation)).Outcome;

    /// <summary>Runs an insert whose data is the body.</summary>
    public async ValueTask<SinkOutcome> InsertAsync(
        string query, HttpContent body, IEnumerable<KeyValuePair<string, string>> settings, string target, CancellationToken cancellation) =>
        (await SendAsync(body, settings.Append(new("query", query)), target, cancellation)).Outcome;

    public void Dispose() => _http.Dispose();

    private async ValueTask<(SinkOutcome Outcome, string Text)> SendAsync(
        HttpContent body, IEnumerable<KeyValuePair<string, string>> parameters, string target, CancellationToken cancellation)
    {
        var uri = new StringBuilder("/?database=").Append(Uri.EscapeDataString(_options.Database));
        foreach (var (name, value) in parameters) uri.Append('&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        using var request = new HttpRequestMessage(HttpMethod.Post, uri.ToString()) { Content = body };
        request.Headers.ExpectContinue = false;
        request.Headers.Add("X-ClickHouse-User", _options.User);
        if (_options.Password is { } password) request.Headers.Add("X-ClickHouse-Key", password.Reveal());
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellation);
            var text = await response.Content.ReadAsStringAsync(cancellation);
            return response.IsSuccessStatusCode ? (SinkOutcome.Done, text) : (Classify(response, text, target), text);
        }
        catch (HttpRequestException e)
        {
            return (SinkOutcome.Retry($"{target}: ClickHouse at {_options.Url} does not answer: {e.InnerException?.Message ?? e.Message}"), "");
        }
        catch (IOException e)
        {
            return (SinkOutcome.Retry($"{target}: the connection to ClickHouse at {_options.Url} broke: {e.Message}"), "");
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (SinkOutcome.Retry($"{target}: ClickHouse at {_options.Url} took longer than the sink's timeout of {_options.Timeout.TotalSeconds:0} s"), "");
        }
    }

    private static SinkOutcome Classify(HttpResponseMessage response, string text, string target)
    {
        var line = text.Trim();
        if (line.Length > MaxErrorLength) line = line[..MaxErrorLength] + "...";
        return ClickHouseErrors.Classify(ReadCode(response.Headers, line), (int)response.StatusCode, line.Length > 0 ? line : response.ReasonPhrase ?? "", target);
    }

    // Servers before 20 send no header; their text begins with the code.
    private static int? ReadCode(HttpResponseHeaders headers, string text)
    {
        var number = headers.TryGetValues("X-ClickHouse-Exception-Code", out var values) ? values.First() : CodePattern().Match(text).Groups[1].Value;
        return int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : null;
    }

    [GeneratedRegex(@"^Code: (\d+)[,.]")]
    private static partial Regex CodePattern();
}
