using System.Globalization;
using System.Net;
using Xunit;

namespace ClickSink.Tests.Integration.Embedded;

public sealed class DurabilityTests : IDisposable
{
    private readonly string _dataPath = EmbeddedProcess.NewDataPath();

    public void Dispose()
    {
        if (Directory.Exists(_dataPath))
            Directory.Delete(_dataPath, recursive: true);
    }

    [Fact]
    public async Task Kill_AcknowledgedInsertsAreThere_TheOneUnderWayIsWholeOrAbsent()
    {
        const int RowsPerBlock = 50_000;
        var acknowledged = 0;
        await using (var server = await EmbeddedProcess.StartAsync(_dataPath))
        {
            await server.QueryAsync($"CREATE TABLE t ({NativeBlocks.Columns}) ENGINE = MergeTree ORDER BY id SETTINGS non_replicated_deduplication_window = 100");
            var tenth = new TaskCompletionSource();
            var inserting = InsertUntilItFailsAsync();
            await tenth.Task;
            await server.KillAsync();
            await inserting;

            async Task InsertUntilItFailsAsync()
            {
                try
                {
                    for (var block = 0; ; block++)
                    {
                        await server.InsertAsync(
                            "INSERT INTO t FORMAT Native", new NativeBlocks(RowsPerBlock, RowsPerBlock, 20) , $"insert_deduplication_token=b{block}");
                        acknowledged++;
                        if (acknowledged == 10)
                            tenth.TrySetResult();
                    }
                }
                catch (HttpRequestException)
                {
                    // The server is gone.
                }
            }
        }
        // What a body or a result left behind is part of the mess that a start has to clean up.
        File.WriteAllText(Path.Combine(_dataPath, "clicksink-spool", "stale"), "x");

        await using var again = await EmbeddedProcess.StartAsync(_dataPath);
        Assert.Empty(Directory.GetFiles(Path.Combine(_dataPath, "clicksink-spool")));
        var blocks = int.Parse(await again.QueryAsync("SELECT count() FROM t"), CultureInfo.InvariantCulture) / (double)RowsPerBlock;
        Assert.True(blocks == acknowledged || blocks == acknowledged + 1, $"{acknowledged} acknowledged, {blocks} stored");

        // Tokens survive as well: a replay after the crash changes nothing.
        for (var block = 0; block < blocks; block++)
            await again.InsertAsync("INSERT INTO t FORMAT Native", new NativeBlocks(RowsPerBlock, RowsPerBlock, 20), $"insert_deduplication_token=b{block}");
        Assert.Equal(blocks * RowsPerBlock, double.Parse(await again.QueryAsync("SELECT count() FROM t"), CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Terminate_RunningQueryFinishes_DataIsThereAfterRestart()
    {
        await using (var server = await EmbeddedProcess.StartAsync(_dataPath))
        {
            await server.QueryAsync("CREATE DATABASE kept");
            await server.QueryAsync("CREATE TABLE kept.t (a UInt8) ENGINE = MergeTree ORDER BY a");
            var running = server.QueryAsync("INSERT INTO kept.t SELECT number + sleepEachRow(0.1) FROM numbers(10) SETTINGS log_comment = 'slow'");
            while (await server.QueryAsync("SELECT count() FROM system.processes WHERE query LIKE 'INSERT INTO kept.t SELECT%'") == "0")
                Assert.False(running.IsCompleted, "the insert must still run");
            Assert.Equal(0, await server.StopAsync());
            await running;
            Assert.Contains("is stopped", server.Output, StringComparison.Ordinal);
        }
        Assert.False(Directory.Exists(Path.Combine(_dataPath, "clicksink-spool")));

        await using var again = await EmbeddedProcess.StartAsync(_dataPath);
        Assert.Equal("10", await again.QueryAsync("SELECT count() FROM kept.t"));
    }

    [Fact]
    public async Task Terminate_EndlessQuery_CancelledAfterTheStopTimeout()
    {
        await using var server = await EmbeddedProcess.StartAsync(_dataPath, "", "--stop-timeout-seconds", "0");
        var running = server.SendAsync(HttpMethod.Post, "/", new StringContent("SELECT sum(sipHash64(number)) FROM numbers(1000000000000)"));
        while (await server.QueryAsync("SELECT count() FROM system.processes WHERE query LIKE 'SELECT sum%'") == "0")
            Assert.False(running.IsCompleted, "the query must still run");
        Assert.Equal(0, await server.StopAsync());
        using var response = await running;
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("394", response.Headers.GetValues("X-ClickHouse-Exception-Code").Single());
        Assert.Contains("are cancelled", server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Terminate_BodyThatNeverEnds_CutAfterTheStopTimeout()
    {
        await using var server = await EmbeddedProcess.StartAsync(_dataPath, "", "--stop-timeout-seconds", "0");
        await server.QueryAsync("CREATE TABLE t (a UInt8) ENGINE = MergeTree ORDER BY a");
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync("127.0.0.1", server.Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(
            "POST /?query=INSERT%20INTO%20t%20FORMAT%20CSV HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 100\r\n\r\n"u8.ToArray(),
            TestContext.Current.CancellationToken);
        // It says so when it begins to read the body.
        Assert.True(await stream.ReadAtLeastAsync(new byte[1000], 20, cancellationToken: TestContext.Current.CancellationToken) >= 20);
        await stream.WriteAsync("1\n2\n"u8.ToArray(), TestContext.Current.CancellationToken);

        Assert.Equal(0, await server.StopAsync());
        await using var again = await EmbeddedProcess.StartAsync(_dataPath);
        Assert.Equal("0", await again.QueryAsync("SELECT count() FROM t"));
    }

    [Fact]
    public async Task Start_FolderInUse_SaysSo()
    {
        await using var server = await EmbeddedProcess.StartAsync(_dataPath);
        var (exitCode, output) = await EmbeddedProcess.RunToFailureAsync(_dataPath);
        Assert.Equal(1, exitCode);
        Assert.Contains($"The data folder {_dataPath} is in use by another process", output, StringComparison.Ordinal);
        Assert.Equal("1", await server.QueryAsync("SELECT 1"));
    }

    [Fact]
    public async Task Start_PortInUse_SaysSo()
    {
        var other = EmbeddedProcess.NewDataPath();
        await using var server = await EmbeddedProcess.StartAsync(_dataPath);
        var (exitCode, output) = await EmbeddedProcess.RunToFailureAsync(other, "--port", server.Port.ToString(CultureInfo.InvariantCulture));
        Directory.Delete(other, recursive: true);
        Assert.Equal(1, exitCode);
        Assert.Contains($"Port {server.Port} on 127.0.0.1 cannot be listened on", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_OtherAddressAndOtherFaults_AllSaidAtOnce()
    {
        var (exitCode, output) = await EmbeddedProcess.RunToFailureAsync(_dataPath, "--address", "0.0.0.0", "--max-concurrent-queries", "0");
        Assert.Equal(1, exitCode);
        Assert.Contains("Address '0.0.0.0' is not a loopback address", output, StringComparison.Ordinal);
        Assert.Contains("MaxConcurrentQueries 0 is out of range", output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_dataPath));
    }

    [Fact]
    public async Task SpoolPath_Outside_UsedAndCleaned()
    {
        var spool = EmbeddedProcess.NewDataPath();
        await using (var server = await EmbeddedProcess.StartAsync(_dataPath, "", "--spool-path", spool))
        {
            await server.QueryAsync("CREATE TABLE t (a UInt8) ENGINE = MergeTree ORDER BY a");
            await server.QueryAsync("INSERT INTO t VALUES (1)");
            Assert.Single(Directory.GetDirectories(spool));
            Assert.Equal("\"a\"\n1", await server.QueryAsync("SELECT a FROM t FORMAT CSVWithNames"));
            Assert.Equal(0, await server.StopAsync());
        }
        Assert.Empty(Directory.GetDirectories(spool));
        Directory.Delete(spool);
    }
}
