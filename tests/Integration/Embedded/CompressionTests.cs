using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Xunit;

namespace ClickSink.Tests.Integration.Embedded;

[Collection(EmbeddedCollection.Name)]
public sealed class CompressionTests(EmbeddedFixture fixture)
{
    private const string Rows = "1,x\n2,y\n3,z\n";

    private readonly EmbeddedProcess _server = fixture.Server;

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    [InlineData("lz4")]
    [InlineData("zstd")]
    [InlineData("xz")]
    public async Task Insert_PackedBody_QueryInUrl(string method)
    {
        var table = await NewTableAsync();
        await _server.InsertAsync($"INSERT INTO {table} FORMAT CSV", await PackAsync(Rows, method));
        await AssertRowsAsync(table);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    [InlineData("lz4")]
    [InlineData("zstd")]
    public async Task Insert_PackedBody_QueryInTheBodyToo(string method)
    {
        var table = await NewTableAsync();
        using var response = await _server.SendAsync(HttpMethod.Post, "/", await PackAsync($"INSERT INTO {table} FORMAT CSV\n{Rows}", method));
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        await AssertRowsAsync(table);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("lz4")]
    public async Task Insert_PackedBody_PartOfTheDataInUrl(string method)
    {
        var table = await NewTableAsync();
        await _server.InsertAsync($"INSERT INTO {table} VALUES (1, 'x')", await PackAsync(", (2, 'y'), (3, 'z')", method));
        await AssertRowsAsync(table);
    }

    [Fact]
    public async Task Insert_InputFunction_PackedBody()
    {
        var table = await NewTableAsync();
        await _server.InsertAsync($"INSERT INTO {table} SELECT a, s FROM input('a UInt64, s String') FORMAT CSV", await PackAsync(Rows, "zstd"));
        await AssertRowsAsync(table);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    [InlineData("lz4")]
    [InlineData("zstd")]
    [InlineData("xz")]
    public async Task Insert_CutPackedBody_Refused(string method)
    {
        var table = await NewTableAsync();
        var whole = await (await PackAsync(string.Concat(Enumerable.Range(0, 10_000).Select(i => $"{i},{i * 7919}\n")), method)).ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        using var content = new ByteArrayContent(whole[..(whole.Length / 2)]);
        content.Headers.ContentEncoding.Add(method);
        using var response = await _server.SendAsync(HttpMethod.Post, $"/?query=INSERT%20INTO%20{table}%20FORMAT%20CSV", content);
        Assert.False(response.IsSuccessStatusCode);
        Assert.Equal("0", await _server.QueryAsync($"SELECT count() FROM {table}"));
    }

    [Fact]
    public async Task UnknownEncoding_Refused()
    {
        using var content = new StringContent("x");
        content.Headers.ContentEncoding.Add("rot13");
        using var response = await _server.SendAsync(HttpMethod.Post, "/", content);
        Assert.Equal(System.Net.HttpStatusCode.NotImplemented, response.StatusCode);
    }

    [Theory]
    [InlineData("gzip", "TSV")]
    [InlineData("deflate", "TSV")]
    [InlineData("br", "JSON")]
    [InlineData("gzip", "Parquet")]
    public async Task Select_PackedAnswer_WhenAsked(string method, string format)
    {
        var query = $"SELECT number FROM numbers(300000) FORMAT {format} SETTINGS output_format_write_statistics = 0";
        using var plain = await _server.SendAsync(HttpMethod.Post, "/", new StringContent(query), ("Accept-Encoding", method));
        Assert.Empty(plain.Content.Headers.ContentEncoding);

        using var packed = await _server.SendAsync(HttpMethod.Post, "/?enable_http_compression=1", new StringContent(query), ("Accept-Encoding", method));
        Assert.Equal([method], packed.Content.Headers.ContentEncoding);
        await using var stream = await packed.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await using Stream unpacked = method switch
        {
            "gzip" => new GZipStream(stream, CompressionMode.Decompress),
            "deflate" => new ZLibStream(stream, CompressionMode.Decompress),
            _ => new BrotliStream(stream, CompressionMode.Decompress),
        };
        var bytes = new MemoryStream();
        await unpacked.CopyToAsync(bytes, TestContext.Current.CancellationToken);
        Assert.Equal(await plain.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), bytes.ToArray());
    }

    private async Task<string> NewTableAsync()
    {
        var table = fixture.NewName();
        await _server.QueryAsync($"CREATE TABLE {table} (a UInt64, s String) ENGINE = MergeTree ORDER BY a");
        return table;
    }

    private async Task AssertRowsAsync(string table) => Assert.Equal("1\tx\n2\ty\n3\tz", await _server.QueryAsync($"SELECT * FROM {table} ORDER BY a"));

    private static async Task<HttpContent> PackAsync(string text, string method)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var packed = new MemoryStream();
        switch (method)
        {
            case "gzip":
                await using (var stream = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
                    stream.Write(bytes);
                break;
            case "deflate":
                await using (var stream = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
                    stream.Write(bytes);
                break;
            case "br":
                await using (var stream = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true))
                    stream.Write(bytes);
                break;
            default:
                packed = await PackByToolAsync(bytes, method);
                break;
        }
        var content = new ByteArrayContent(packed.ToArray());
        content.Headers.ContentEncoding.Add(method);
        return content;
    }

    /// <summary>By the tools of those names, so that the frames are those that clients send and not the engine's own.</summary>
    private static async Task<MemoryStream> PackByToolAsync(byte[] bytes, string tool)
    {
        using var process = Process.Start(new ProcessStartInfo(tool, "-c -q") { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var packed = new MemoryStream();
        var reading = process.StandardOutput.BaseStream.CopyToAsync(packed);
        await process.StandardInput.BaseStream.WriteAsync(bytes);
        process.StandardInput.Close();
        await reading;
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return packed;
    }
}
