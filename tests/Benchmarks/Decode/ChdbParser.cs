using System.Diagnostics;
using ClickSink.Engine.Columns;
using ClickSink.Engine.Mapping;
using ClickSink.Engine.Sinks.ClickHouse.Encoding;
using ClickSink.Servers.ClickHouse;

namespace ClickSink.Tests.Benchmarks.Decode;

/// <summary>
/// The peer: ClickHouse's own JSONEachRow parser, in chDB. It reads a file that is in the page cache (by mmap, its fastest way) into the
/// same typed columns on one thread, and the rows are dropped (FORMAT Null): parsing and nothing else.
/// </summary>
internal sealed class ChdbParser(EmbeddedClickHouseServer server, DecodeShape shape, string path) : IDisposable
{
    private const string Settings = "max_threads=1&max_parsing_threads=1&input_format_parallel_parsing=0&input_format_skip_unknown_fields=1"
        + "&date_time_input_format=best_effort&storage_file_read_method=mmap";

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromMinutes(10) };

    private string Source => $"file('{path}', JSONEachRow, '{shape.Structure.Replace("'", "\\'", StringComparison.Ordinal)}')";

    /// <summary>Parses all events once.</summary>
    /// <returns>Seconds that it took.</returns>
    public async Task<double> RunAsync()
    {
        long begin = Stopwatch.GetTimestamp();
        await SendAsync($"SELECT * FROM {Source} FORMAT Null");
        return Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }

    /// <summary>
    /// Compares a block of the first events, as we decoded it, with what the peer reads from the same bytes. Floats are compared as
    /// Float32: one in ten thousand is read an ulp off by the peer (10.351 as 10.350999999999999, chDB 26.5).
    /// </summary>
    public async Task CompareAsync(ColumnBlock block)
    {
        await SendAsync($"DROP TABLE IF EXISTS {shape.Name}_check");
        await SendAsync($"CREATE TABLE {shape.Name}_check ({shape.Structure}) ENGINE = Memory");
        using var body = new MemoryStream();
        NativeEncoder.Write(block, body);
        await SendAsync($"INSERT INTO {shape.Name}_check FORMAT Native", body.ToArray());
        var hashes = string.Join(", ", shape.Plan.Columns.Select(column => $"sum(cityHash64({Comparable(column)})) AS {column.Name}_hash"));
        var ours = (await SendAsync($"SELECT {hashes} FROM {shape.Name}_check FORMAT TSV")).Trim().Split('\t');
        var theirs = (await SendAsync($"SELECT {hashes} FROM (SELECT * FROM {Source} LIMIT {block.Rows}) FORMAT TSV")).Trim().Split('\t');
        var wrong = shape.Plan.Columns.Where((_, i) => ours[i] != theirs[i]).Select(column => column.Name).ToList();
        if (wrong.Count > 0)
            throw new InvalidOperationException($"{shape.Name}: the peer reads other values of {string.Join(", ", wrong)} than we");
    }

    public void Dispose() => _http.Dispose();

    private static string Comparable(ColumnPlan column)
    {
        var type = column.Type.ToString();
        string shorter = type.Replace("Float64", "Float32", StringComparison.Ordinal);
        return type == shorter ? column.Name : $"CAST({column.Name}, '{shorter}')";
    }

    private async Task<string> SendAsync(string query, byte[]? data = null)
    {
        var address = data is null ? $"?{Settings}" : $"?{Settings}&query={Uri.EscapeDataString(query)}";
        using var content = data is null ? (HttpContent)new StringContent(query) : new ByteArrayContent(data);
        using var answer = await _http.PostAsync(new Uri(server.Http.Endpoint, address), content);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? text : throw new InvalidOperationException($"{query}: {text}");
    }
}
