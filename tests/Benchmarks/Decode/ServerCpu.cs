using System.Diagnostics;
using System.Globalization;
using ClickSink.Engine.Columns;
using ClickSink.Engine.Formats;
using ClickSink.Engine.Mapping;
using ClickSink.Engine.Pipelines;
using ClickSink.Engine.Sinks.ClickHouse;
using ClickSink.Servers.ClickHouse;
using ClickSink.Tests.Benchmarks.EndToEnd;
using ClickSink.Tests.Benchmarks.Reporting;

namespace ClickSink.Tests.Benchmarks.Decode;

/// <summary>
/// The processor time of clickhouse-server 18.16 for storing the same rows in blocks of the same size into the same table: ours, one HTTP
/// insert a block, and
/// clickhouse-client's, which sends the same Native bytes from a file, uncompressed as is cheapest for the server here. Merges are stopped:
/// they are not the
/// sender's doing.
/// </summary>
internal sealed class ServerCpu(ClickHouseServer server, int rows, int blocks) : IDisposable
{
    private const string Columns = "event_id, seq, type, ts, content_id, position_seconds, autoplay";
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = server.Http.Endpoint };

    /// <summary>Decodes one block of events into the table's columns.</summary>
    public ColumnBlock Decode(EventsInMemory events)
    {
        string[] types = ["UUID", "UInt64", "String", "DateTime", "UInt32", "Float64", "UInt8"];
        MappingOptions options = new() { Columns = [.. Columns.Split(", ").Select((name, i) => new ColumnMapping { Name = name,
            Type = types[i] })] };
        List<Fault> faults = [];
        if (!MappingPlan.TryCompile(options, out MappingPlan? plan, faults)) throw new InvalidOperationException(string.Join("; ", faults));
        ColumnBlock block = plan.CreateBlock();
        var decoder = new JsonDecoder(plan);
        for (int row = 0; row < rows; row++)
        {
            if (!decoder.TryDecode(new Message { Value = events[row] }, block,
                out RowFault? fault)) throw new InvalidOperationException(fault.Reason);
        }

        return block;
    }

    /// <summary>Stores the block as often as asked, over HTTP.</summary>
    /// <returns>The server's CPU-seconds a million rows.</returns>
    public Task<double> RunOursAsync(ColumnBlock block) => MeasureAsync(async () =>
    {
        for (int i = 0; i < blocks; i++)
        {
            using var content = new BlockContent(block, gzip: false);
            using var answer = await _http.PostAsync($"?query={Uri.EscapeDataString($"INSERT INTO {BenchTable.Name} ({Columns}) FORMAT Native")}", content);
            if (!answer.IsSuccessStatusCode) throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
        }
    });

    /// <summary>Has clickhouse-client send a file of as many such blocks.</summary>
    public Task<double> RunPeerAsync(string path) => MeasureAsync(async () =>
    {
        var command = $"clickhouse-client --host 127.0.0.1 --port {server.TcpPort} --compression 0 --min_insert_block_size_rows 0 --min_insert_block_size_bytes 0 "
            + $"--query 'INSERT INTO {BenchTable.Name} ({Columns}) FORMAT Native' < {path}";
        using var process = Process.Start(new ProcessStartInfo("bash", ["-c", command]) { RedirectStandardError = true })!;
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{command} ended with exit code {process.ExitCode}: {errors}");
    });

    public void Dispose() => _http.Dispose();

    private async Task<double> MeasureAsync(Func<Task> store)
    {
        var table = new BenchTable(server.Http);
        await table.CreateAsync();
        await server.Http.QueryAsync("SYSTEM STOP MERGES");
        double before = ProcessCpu.Seconds(server.Pid!.Value);
        await store();
        double used = ProcessCpu.Seconds(server.Pid!.Value) - before;
        long stored = await table.CountAsync();
        if (stored != (long)rows * blocks) throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture,
            $"{stored} rows are stored, not {(long)rows * blocks}"));
        return used / stored * 1e6;
    }
}
