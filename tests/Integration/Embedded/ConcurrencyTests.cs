using System.Globalization;
using System.Net;
using Xunit;

namespace ClickSink.Tests.Integration.Embedded;

[Collection(EmbeddedCollection.Name)]
public sealed class ConcurrencyTests(EmbeddedFixture fixture)
{
    private readonly EmbeddedProcess _server = fixture.Server;

    [Fact]
    public async Task EightInsertingFourReading_EveryRowOnceAndEveryReadAtABlocksEdge()
    {
        const int Writers = 8;
        const int Blocks = 15;
        const int RowsPerBlock = 2000;
        var table = fixture.NewName();
        await _server.QueryAsync($"CREATE TABLE {table} ({NativeBlocks.Columns}) ENGINE = MergeTree ORDER BY id");

        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            for (var block = 0; block < Blocks; block++)
            {
                var first = ((long)writer * Blocks + block) * RowsPerBlock;
                var body = new ByteArrayContent(new NativeBlocks(RowsPerBlock, RowsPerBlock, 20).Block(first, RowsPerBlock));
                await _server.InsertAsync($"INSERT INTO {table} FORMAT Native", body, $"insert_deduplication_token={writer}-{block}");
            }
        }));
        var reading = Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            var last = 0L;
            while (!writing.IsCompleted)
            {
                var count = long.Parse(await _server.QueryAsync($"SELECT count() FROM {table}"), CultureInfo.InvariantCulture);
                Assert.Equal(0, count % RowsPerBlock);
                Assert.True(count >= last, $"{count} after {last}");
                last = count;
            }
        }));
        await writing;
        await reading;

        Assert.Equal(
            $"{Writers * Blocks * RowsPerBlock}\t{Writers * Blocks * RowsPerBlock}", await _server.QueryAsync($"SELECT count(), uniqExact(id) FROM {table}"));
    }

    [Fact]
    public async Task ClientLeaves_ItsSelectIsCancelled()
    {
        var mark = fixture.NewName("leaving");
        using var leave = new CancellationTokenSource();
        var running = _server.Http.PostAsync($"/?log_comment={mark}", new StringContent("SELECT sum(sipHash64(number)) FROM numbers(1000000000000)"), leave.Token);
        while (await CountRunningAsync(mark) == 0)
            Assert.False(running.IsCompleted);
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        while (await CountRunningAsync(mark) > 0)
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
    }

    [Fact]
    public async Task ClientLeavesInTheMiddleOfAResult_ItsSelectIsCancelled()
    {
        var mark = fixture.NewName("leaving");
        using (var response = await _server.SendAsync(HttpMethod.Post, $"/?log_comment={mark}", new StringContent("SELECT number FROM numbers(100000000000)")))
        {
            var stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
            await stream.ReadExactlyAsync(new byte[1000], TestContext.Current.CancellationToken);
        }
        while (await CountRunningAsync(mark) > 0)
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
    }

    private async Task<int> CountRunningAsync(string mark) => int.Parse(
        await _server.QueryAsync($"SELECT count() FROM system.processes WHERE startsWith(Settings['log_comment'], '{mark} ')"), CultureInfo.InvariantCulture);
}

public sealed class QueueTests : IAsyncLifetime
{
    private readonly string _dataPath = EmbeddedProcess.NewDataPath();
    private EmbeddedProcess _server = null!;

    public async ValueTask InitializeAsync() =>
        _server = await EmbeddedProcess.StartAsync(_dataPath, "", "--max-concurrent-queries", "1", "--max-queued-queries", "1");

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_dataPath, recursive: true);
    }

    [Fact]
    public async Task OneRunningOneWaiting_TheNextIsRefused_TheOthersFinish()
    {
        // Running: its first rows are here, and it cannot end while nobody reads the rest.
        using var running = await _server.SendAsync(HttpMethod.Post, "/", new StringContent("SELECT number FROM numbers(20000000) FORMAT RowBinary"));
        Assert.Equal(HttpStatusCode.OK, running.StatusCode);

        // Of two more, one waits and one is refused; which, is the server's to choose.
        var first = _server.SendAsync(HttpMethod.Post, "/", new StringContent("SELECT 1"));
        var second = _server.SendAsync(HttpMethod.Post, "/", new StringContent("SELECT 1"));
        var refused = await Task.WhenAny(first, second);
        Assert.Equal("202", (await refused).Headers.GetValues("X-ClickHouse-Exception-Code").Single());

        Assert.Equal(160_000_000, (await running.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length);
        var waited = await (refused == first ? second : first);
        Assert.Equal("1\n", await waited.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
