using System.Text.RegularExpressions;
using Xunit;

namespace ClickSink.Tests.Integration.Embedded;

[Collection(EmbeddedCollection.Name)]
public sealed class ErrorTests(EmbeddedFixture fixture)
{
    private readonly EmbeddedProcess _server = fixture.Server;

    [Theory]
    [InlineData("SELECT * FROM nosuch", 60, "UNKNOWN_TABLE", 404)]
    [InlineData("INSERT INTO nosuch FORMAT CSV\n1\n", 60, "UNKNOWN_TABLE", 404)]
    [InlineData("SELECT * FROM nosuch.t", 81, "UNKNOWN_DATABASE", 404)]
    [InlineData("SELEC 1", 62, "SYNTAX_ERROR", 400)]
    [InlineData("", 62, "SYNTAX_ERROR", 400)]
    [InlineData("-- nothing", 62, "SYNTAX_ERROR", 400)]
    [InlineData("exit", 62, "SYNTAX_ERROR", 400)]
    [InlineData("1 + 1", 62, "SYNTAX_ERROR", 400)]
    [InlineData("SELECT 1; SELECT 2", 62, "SYNTAX_ERROR", 400)]
    [InlineData("SELECT nosuch", 47, "UNKNOWN_IDENTIFIER", 404)]
    [InlineData("SELECT nosuch(1)", 46, "UNKNOWN_FUNCTION", 404)]
    [InlineData("SELECT 1 FORMAT NoSuch", 73, "UNKNOWN_FORMAT", 404)]
    [InlineData("SELECT 1 FORMAT JSON SETTINGS nosuch = 1", 115, "UNKNOWN_SETTING", 404)]
    [InlineData("SELECT toUInt8('x')", 6, "CANNOT_PARSE_TEXT", 400)]
    [InlineData("SELECT throwIf(1)", 395, "FUNCTION_THROW_IF_VALUE_IS_NON_ZERO", 500)]
    [InlineData("SELECT 1 INTO OUTFILE 'x'", 358, "INTO_OUTFILE_NOT_ALLOWED", 500)]
    [InlineData("INSERT INTO t FROM INFILE '/etc/passwd' FORMAT CSV", 78, "UNKNOWN_TYPE_OF_QUERY", 404)]
    [InlineData("SYSTEM SHUTDOWN", 48, "NOT_IMPLEMENTED", 501)]
    public async Task Query_Fails_WithCodeTextAndStatus(string query, int code, string name, int status) =>
        await AssertFaultAsync(HttpMethod.Post, "/", new StringContent(query), code, name, status);

    [Theory]
    [InlineData("/?nosuch=1&query=SELECT%201", 115, "UNKNOWN_SETTING", 404)]
    [InlineData("/?max_threads=abc&query=SELECT%201", 27, "CANNOT_PARSE_INPUT_ASSERTION_FAILED", 400)]
    [InlineData("/?database=nosuch&query=SELECT%201", 81, "UNKNOWN_DATABASE", 404)]
    [InlineData("/?session_id=s&query=SELECT%201", 48, "NOT_IMPLEMENTED", 501)]
    [InlineData("/?compress=1&query=SELECT%201", 48, "NOT_IMPLEMENTED", 501)]
    [InlineData("/?query=SELECT%20%7Bx:UInt8%7D", 456, "UNKNOWN_QUERY_PARAMETER", 500)]
    [InlineData("/?query=CREATE%20TABLE%20g%20(a%20UInt8)%20ENGINE=Memory", 164, "READONLY", 500)]
    [InlineData("/?query=INSERT%20INTO%20g%20VALUES(1)", 60, "UNKNOWN_TABLE", 404)]
    public async Task Get_Fails_WithCodeTextAndStatus(string path, int code, string name, int status) =>
        await AssertFaultAsync(HttpMethod.Get, path, null, code, name, status);

    [Fact]
    public async Task Get_ReadOnly_CannotBeLifted() =>
        await AssertFaultAsync(HttpMethod.Get, "/?readonly=0&query=CREATE%20TABLE%20g%20(a%20UInt8)%20ENGINE=Memory", null, 164, "READONLY", 500);

    [Fact]
    public async Task Post_WithoutLength_LengthRequired()
    {
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync("127.0.0.1", _server.Port, TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        await stream.WriteAsync("POST /?query=SELECT%201 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith("HTTP/1.1 411", answer, StringComparison.Ordinal);
        Assert.Contains("Code: 381.", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Insert_BadRow_NamesRowAndColumnAndNoFile()
    {
        var table = fixture.NewName();
        await _server.QueryAsync($"CREATE TABLE {table} (a UInt64, s String) ENGINE = MergeTree ORDER BY a");
        var text = await AssertFaultAsync(
            HttpMethod.Post, "/", new StringContent($"INSERT INTO {table} FORMAT CSV\n1,x\nbad,y\n"), 27, "CANNOT_PARSE_INPUT_ASSERTION_FAILED", 400);
        Assert.Contains("row 2", text, StringComparison.Ordinal);
        Assert.Contains("name: a", text, StringComparison.Ordinal);
        Assert.DoesNotContain("clicksink-spool", text, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(text, "Code: "));
        Assert.Equal("0", await _server.QueryAsync($"SELECT count() FROM {table}"));
    }

    [Fact]
    public async Task Insert_TruncatedNative_Refused()
    {
        var table = fixture.NewName();
        await _server.QueryAsync($"CREATE TABLE {table} ({NativeBlocks.Columns}) ENGINE = MergeTree ORDER BY id");
        var block = new NativeBlocks(1000, 1000, 10).Block(0, 1000);
        await AssertFaultAsync(
            HttpMethod.Post, $"/?query=INSERT%20INTO%20{table}%20FORMAT%20Native", new ByteArrayContent(block[..^100]), 33, "CANNOT_READ_ALL_DATA", 500);
        Assert.Equal("0", await _server.QueryAsync($"SELECT count() FROM {table}"));
    }

    [Fact]
    public async Task Query_LongerThanItsLimit_Refused()
    {
        var query = "SELECT '" + new string('x', 300_000) + "'";
        await AssertFaultAsync(HttpMethod.Post, "/", new StringContent(query), 62, "SYNTAX_ERROR", 400);
        Assert.Equal(300_000, (await _server.QueryAsync(query, "max_query_size=400000")).Length);
    }

    private async Task<string> AssertFaultAsync(HttpMethod method, string path, HttpContent? content, int code, string name, int status)
    {
        using var response = await _server.SendAsync(method, path, content);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(status == (int)response.StatusCode, $"{(int)response.StatusCode}: {text}");
        Assert.Equal(code.ToString(System.Globalization.CultureInfo.InvariantCulture), response.Headers.GetValues("X-ClickHouse-Exception-Code").Single());
        Assert.Matches($@"(?s)^Code: {code}\. DB::Exception: .*\({name}\) \(version [\d.]+ \(chDB\)\)\n$", text);
        return text;
    }
}
