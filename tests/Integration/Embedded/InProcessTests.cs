using System.Runtime.CompilerServices;
using ClickSink.Embedded;
using Xunit;

namespace ClickSink.Tests.Integration.Embedded;

/// <summary>The engine inside a .NET process: this one.</summary>
public sealed class InProcessTests
{
    [Fact]
    public async Task NullReferences_WithTheEngineRunning_AreExceptionsAndNotTheEnd()
    {
        var dataPath = EmbeddedProcess.NewDataPath();
        var options = new EmbeddedClickHouseOptions { DataPath = dataPath, Port = 0 };
        await using (var server = await EmbeddedClickHouseServer.StartAsync(options, null, TestContext.Current.CancellationToken))
        {
            using var http = new HttpClient { BaseAddress = server.Address };
            Assert.Equal(server.Port, server.Address.Port);
            Assert.Equal(server.Version + "\n", await AskAsync(http, "SELECT version()"));
            await AskAsync(http, "CREATE TABLE t (a UInt64, s String) ENGINE = MergeTree ORDER BY a");

            // Each request makes a connection, and each connect might put chDB's handlers back; collections make the runtime use its own.
            var inserting = Task.WhenAll(Enumerable.Range(0, 4).Select(async writer =>
            {
                for (var i = 0; i < 25; i++)
                    await AskAsync(http, $"INSERT INTO t SELECT {writer} * 1000000 + {i} * 10000 + number, toString(number) FROM numbers(10000)");
            }));
            var caught = 0;
            do
            {
                for (var i = 0; i < 1000; i++)
                    caught += CatchOne();
                GC.Collect();
            }
            while (!inserting.IsCompleted);
            await inserting;
            Assert.True(caught >= 1000);
            Assert.Equal("1000000\n", await AskAsync(http, "SELECT uniqExact(a) FROM t"));

            var second = await Assert.ThrowsAsync<EmbeddedClickHouseException>(
                () => EmbeddedClickHouseServer.StartAsync(options with { DataPath = dataPath + "-second" }, null, TestContext.Current.CancellationToken));
            Assert.Contains("one at a time", second.Message, StringComparison.Ordinal);
        }

        // Stopped, it leaves room for another, over another folder or the same.
        await using (var other = await EmbeddedClickHouseServer.StartAsync(options with { DataPath = dataPath + "-second" }, null, TestContext.Current.CancellationToken))
        {
            using var http = new HttpClient { BaseAddress = other.Address };
            Assert.Equal("0\n", await AskAsync(http, "SELECT count() FROM system.tables WHERE name = 't'"));
        }
        await using (var again = await EmbeddedClickHouseServer.StartAsync(options, null, TestContext.Current.CancellationToken))
        {
            using var http = new HttpClient { BaseAddress = again.Address };
            Assert.Equal("1000000\n", await AskAsync(http, "SELECT uniqExact(a) FROM t"));
        }
        Directory.Delete(dataPath + "-second", recursive: true);
        Directory.Delete(dataPath, recursive: true);
        Assert.Equal(1, CatchOne());
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int CatchOne()
    {
        try
        {
            return LengthOf(null!);
        }
        catch (NullReferenceException)
        {
            return 1;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int LengthOf(string text) => text.Length;

    private static async Task<string> AskAsync(HttpClient http, string query)
    {
        using var response = await http.PostAsync("/", new StringContent(query), TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, text);
        return text;
    }
}
