using System.Net;
using System.Text.Json;
using Xunit;

namespace ClickSink.Tests.Integration.Embedded;

[Collection(EmbeddedCollection.Name)]
public sealed class QueryTests(EmbeddedFixture fixture)
{
    private readonly EmbeddedProcess _server = fixture.Server;

    [Theory]
    [InlineData("/ping")]
    [InlineData("/")]
    [InlineData("/replicas_status")]
    public async Task HealthPath_Get_Ok(string path)
    {
        using var response = await _server.SendAsync(HttpMethod.Get, path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("Ok.\n", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Ping_Head_HeadersOnly()
    {
        using var response = await _server.SendAsync(HttpMethod.Head, "/ping");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task UnknownPath_Get_NotFoundWithClickHouseText()
    {
        using var response = await _server.SendAsync(HttpMethod.Get, "/nope?a=1");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.StartsWith("There is no handle /nope?a=1\n", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Select_InUrlInBodyAndInBoth_SameResult()
    {
        using var get = await _server.SendAsync(HttpMethod.Get, "/?query=SELECT%201%2B1");
        Assert.Equal("2\n", await get.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("2", await _server.QueryAsync("SELECT 1+1"));
        Assert.Equal("2", await _server.QueryAsync("1+1 FORMAT CSV", "query=SELECT"));
    }

    [Fact]
    public async Task Select_Headers_AsClickHouseSends()
    {
        using var response = await _server.SendAsync(HttpMethod.Get, "/?query_id=abc-1&query=SELECT%20number%20FROM%20numbers(5)%20FORMAT%20JSONEachRow");
        Assert.Equal("abc-1", Header(response, "X-ClickHouse-Query-Id"));
        Assert.Equal("JSONEachRow", Header(response, "X-ClickHouse-Format"));
        Assert.NotEmpty(Header(response, "X-ClickHouse-Timezone"));
        Assert.NotEmpty(Header(response, "X-ClickHouse-Server-Display-Name"));
        Assert.Equal("application/x-ndjson", response.Content.Headers.ContentType?.MediaType);
        var summary = JsonDocument.Parse(Header(response, "X-ClickHouse-Summary")).RootElement;
        Assert.Equal("5", summary.GetProperty("read_rows").GetString());
        Assert.Equal("5", summary.GetProperty("result_rows").GetString());
    }

    [Fact]
    public async Task Insert_Summary_TellsWrittenRows()
    {
        var table = fixture.NewName();
        await _server.QueryAsync($"CREATE TABLE {table} (a UInt8) ENGINE = MergeTree ORDER BY a");
        using var response = await _server.SendAsync(HttpMethod.Post, "/", new StringContent($"INSERT INTO {table} VALUES (1), (2), (3)"));
        Assert.Equal("3", JsonDocument.Parse(Header(response, "X-ClickHouse-Summary")).RootElement.GetProperty("written_rows").GetString());
        Assert.Equal(0, response.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task DefaultFormat_ParameterAndHeader_Used()
    {
        Assert.Equal("""{"x":1}""", await _server.QueryAsync("SELECT 1 AS x", "default_format=JSONEachRow"));
        using var response = await _server.SendAsync(HttpMethod.Post, "/", new StringContent("SELECT 1 AS x"), ("X-ClickHouse-Format", "CSVWithNames"));
        Assert.Equal("\"x\"\n1\n", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("JSON")]
    [InlineData("JSONCompact")]
    [InlineData("CSVWithNames")]
    [InlineData("TabSeparatedWithNamesAndTypes")]
    [InlineData("RowBinaryWithNamesAndTypes")]
    [InlineData("JSONColumns")]
    [InlineData("Parquet")]
    [InlineData("ArrowStream")]
    [InlineData("Native")]
    [InlineData("RowBinary")]
    [InlineData("JSONEachRow")]
    public async Task Format_ManyBlocks_ReadsBackTheSame(string format)
    {
        // 200,000 rows are several of the engine's chunks: a format with a header or footer must still have one of each.
        var source = fixture.NewName();
        var target = fixture.NewName();
        foreach (var table in (string[])[source, target])
            await _server.QueryAsync($"CREATE TABLE {table} (a UInt64, s String) ENGINE = MergeTree ORDER BY a");
        await _server.QueryAsync($"INSERT INTO {source} SELECT number, concat('s', toString(number)) FROM numbers(200000)");

        using var response = await _server.SendAsync(HttpMethod.Post, "/", new StringContent($"SELECT * FROM {source} ORDER BY a FORMAT {format}"));
        var bytes = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        await _server.InsertAsync($"INSERT INTO {target} FORMAT {format}", new ByteArrayContent(bytes));

        Assert.Equal(
            await _server.QueryAsync($"SELECT count(), sum(cityHash64(a, s)) FROM {source}"),
            await _server.QueryAsync($"SELECT count(), sum(cityHash64(a, s)) FROM {target}"));
    }

    [Theory]
    [InlineData("SELECT number % 2 AS k, count() FROM numbers(10) GROUP BY k WITH TOTALS ORDER BY k", "0\t5\n1\t5\n\n0\t10")]
    [InlineData("SELECT number FROM numbers(2) FORMAT JSONEachRow SETTINGS output_format_json_array_of_rows = 1", "[\n{\"number\":0},\n{\"number\":1}\n]")]
    public async Task RowsWithSurroundings_ComeWhole(string query, string expected) =>
        Assert.Equal(expected, await _server.QueryAsync(query));

    [Fact]
    public async Task LargeResult_Streams_InBoundedMemory()
    {
        using var response = await _server.SendAsync(HttpMethod.Get, "/?query=SELECT%20number%20FROM%20numbers(60000000)%20FORMAT%20RowBinary");
        Assert.Null(response.Content.Headers.ContentLength);
        await using var stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        var before = _server.ResidentBytes;
        var buffer = new byte[1 << 20];
        long total = 0;
        for (int read; (read = await stream.ReadAsync(buffer, TestContext.Current.CancellationToken)) > 0;)
            total += read;
        Assert.Equal(480_000_000, total);
        Assert.True(_server.ResidentBytes - before < 300_000_000, $"grew from {before} to {_server.ResidentBytes}");
    }

    [Fact]
    public async Task WaitEndOfQuery_LateError_GetsItsStatus()
    {
        const string Query = "SELECT throwIf(number = 2000000) FROM numbers(3000000)";
        using var response = await _server.SendAsync(HttpMethod.Post, "/?wait_end_of_query=1", new StringContent(Query));
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("395", Header(response, "X-ClickHouse-Exception-Code"));
    }

    [Fact]
    public async Task LateError_WhileStreaming_BreaksTheBody()
    {
        using var response = await _server.SendAsync(HttpMethod.Post, "/", new StringContent("SELECT throwIf(number = 2000000) FROM numbers(3000000)"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.NotEmpty(Header(response, "X-ClickHouse-Exception-Tag"));
        var error = await Assert.ThrowsAnyAsync<Exception>(() => response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.True(error is HttpRequestException or IOException, error.ToString());
    }

    [Fact]
    public async Task Parameters_AreEscapedAsTabSeparated()
    {
        Assert.Equal("3\ta\\tb", await _server.QueryAsync("SELECT length({x:String}), {x:String}", "param_x=a%5Ctb"));
        Assert.Equal("7", await _server.QueryAsync("SELECT {n:UInt8} + {m:UInt8}", "param_n=3&param_m=4"));
        Assert.Equal("[1,2]", await _server.QueryAsync("SELECT {a:Array(UInt8)}", "param_a=%5B1,2%5D"));
    }

    [Fact]
    public async Task Settings_EndWithTheirRequest()
    {
        Assert.Equal("1", await _server.QueryAsync("SELECT getSetting('max_threads')", "max_threads=1"));
        await _server.QueryAsync("SET max_threads = 1");
        Assert.Equal("0", await _server.QueryAsync("SELECT changed FROM system.settings WHERE name = 'max_threads'"));
    }

    [Fact]
    public async Task Database_ParameterHeaderAndUse_EndWithTheirRequest()
    {
        var database = fixture.NewName("db");
        await _server.QueryAsync($"CREATE DATABASE {database}");
        Assert.Equal(database, await _server.QueryAsync("SELECT currentDatabase()", "database=" + database));
        using var response = await _server.SendAsync(HttpMethod.Post, "/", new StringContent("SELECT currentDatabase()"), ("X-ClickHouse-Database", database));
        Assert.Equal(database + "\n", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        await _server.QueryAsync($"USE {database}");
        Assert.Equal("default", await _server.QueryAsync("SELECT currentDatabase()"));
        await _server.QueryAsync($"DROP DATABASE {database} SYNC");
    }

    [Fact]
    public async Task DefaultDatabase_IsOrdinary()
    {
        Assert.Equal("Atomic", await _server.QueryAsync("SELECT engine FROM system.databases WHERE name = 'default'"));
        var table = fixture.NewName();
        await _server.QueryAsync($"CREATE TABLE {table} (a UInt8) ENGINE = MergeTree ORDER BY a");
        await _server.QueryAsync($"INSERT INTO {table} VALUES (1)");
        await _server.QueryAsync($"DROP TABLE {table} SYNC");
    }

    private static string Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.First() : throw new Xunit.Sdk.XunitException($"no {name}");
}
