using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using ClickSink.Engine.Columns;
using ClickSink.Engine.Formats;
using ClickSink.Engine.Mapping;
using ClickSink.Engine.Pipelines;
using ClickSink.Engine.Sinks.ClickHouse.Encoding;
using ClickSink.Tests.Shared;
using ClickSink.Tests.Shared.Coercions;
using Xunit;

namespace ClickSink.Tests.Integration.Types;

/// <summary>
/// Writes every accepted cell of docs/coercions.md into a table of a real server, and compares what the server then prints.
/// </summary>
public sealed class CoercionMatrixTests
{
    private const string NewSettings =
        "allow_suspicious_low_cardinality_types=1&enable_time_time64_type=1&allow_suspicious_variant_types=1&output_format_json_quote_64bit_integers=0";

    private const string OldSettings = "allow_experimental_low_cardinality_type=1";

    private static readonly HttpClient Http =
        new(new SocketsHttpHandler { UseProxy = false, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(2) });

    private readonly SharedServers _servers;

    public CoercionMatrixTests(SharedServers servers) => _servers = servers;

    public static TheoryData<string> Types => [.. CoercionMatrix.Types];

    /// <summary>The types that clickhouse-server 18.16 has, in the spelling that it knows.</summary>
    public static TheoryData<string> OldTypes => [.. CoercionMatrix.Types.Where(IsOld)];

    [Theory]
    [MemberData(nameof(Types))]
    public async Task CurrentEngine_PrintsWhatTheMatrixSays(string type)
    {
        var server = await _servers.EmbeddedClickHouseAsync();
        await CompareAsync(server.Http.Endpoint, NewSettings, type, item => item.Printed);
    }

    [Theory]
    [MemberData(nameof(OldTypes))]
    public async Task ClickHouse18_PrintsWhatTheMatrixSays(string type)
    {
        var server = await _servers.ClickHouseAsync();
        await CompareAsync(server.Http.Endpoint, OldSettings, type, PrintedByOld);
    }

    /// <summary>A column inside of another one can have no value at all in a whole block.</summary>
    [Theory]
    [InlineData("Array(LowCardinality(String))")]
    [InlineData("Array(LowCardinality(Nullable(UInt32)))")]
    [InlineData("Array(Dynamic)")]
    [InlineData("Array(Variant(String, UInt64))")]
    [InlineData("Array(JSON)")]
    [InlineData("Array(Array(Tuple(a LowCardinality(String), b Nullable(JSON))))")]
    [InlineData("Map(LowCardinality(String), Dynamic)")]
    public async Task CurrentEngine_NothingButEmptyValues_AreReadBack(string type)
    {
        var server = (await _servers.EmbeddedClickHouseAsync()).Http.Endpoint;
        var table = $"empty_{Guid.NewGuid():n}";
        await SendAsync(server, NewSettings, $"CREATE TABLE {table} (v {type}, id UInt32) ENGINE = Memory");
        var empty = type.StartsWith("Map", StringComparison.Ordinal) ? "{}" : "[]";
        await InsertAsync(server, NewSettings, table, [("v", type), ("id", "UInt32")], [$$"""{"id":7,"v":{{empty}}}""", """{"id":8}"""]);
        Assert.Equal($"7\t{empty}\n8\t{empty}", await SendAsync(server, NewSettings, $"SELECT id, v FROM {table} ORDER BY id FORMAT TSV"));
    }

    [Fact]
    public async Task DefaultMaterializedAndAliasColumns_ThatTheMappingLeavesOut_AreTheTablesBusiness()
    {
        var server = await _servers.EmbeddedClickHouseAsync();
        var table = $"defaults_{Guid.NewGuid():n}";
        await SendAsync(
            server.Http.Endpoint,
            NewSettings,
            $"CREATE TABLE {table} (id UInt32, d UInt32 DEFAULT id + 1, m UInt32 MATERIALIZED id * 2, a UInt32 ALIAS id * 3, e UInt32 EPHEMERAL 9, f UInt32 DEFAULT e) ENGINE = Memory");
        await InsertAsync(server.Http.Endpoint, NewSettings, table, [("id", "UInt32")], ["""{"id":5}"""]);
        Assert.Equal("5\t6\t10\t15\t9",
            await SendAsync(server.Http.Endpoint, NewSettings, $"SELECT id, d, m, a, f FROM {table} FORMAT TSV"));
    }

    private static bool IsOld(string type) => !new[]
    {
        "128", "256", "BFloat16", "Decimal(76", "Bool", "Date32", "DateTime64", "Time", "IPv", "Map", "JSON", "Variant", "Dynamic", "Point", "Ring", "LineString",
        "Polygon", "SimpleAggregateFunction", "LowCardinality(UInt16)", "LowCardinality(Nullable(Int32))", "LowCardinality(Date)", "LowCardinality(FixedString",
    }.Any(part => type.Contains(part, StringComparison.Ordinal)) || type.StartsWith("DateTime(", StringComparison.Ordinal);

    // It keeps what it is sent, but printed the first second and day as no date at all, and dates from 2106 on wrongly.
    private static string? PrintedByOld(CoercionCase item) => item.Printed switch
    {
        "1970-01-01" => "0000-00-00",
        "1970-01-01 00:00:00" or "1970-01-01 01:00:00" => "0000-00-00 00:00:00",
        { } printed when printed.StartsWith("2106-", StringComparison.Ordinal) => null,
        { } printed when printed.StartsWith("2149-", StringComparison.Ordinal) => null,
        var printed => printed,
    };

    // It printed decimals with all of their places.
    private static string WithoutZeros(string type, string printed) =>
        type.Contains("Decimal", StringComparison.Ordinal)
            ? Regex.Replace(printed, @"(\.\d*?)0+(?=\D|$)", match => match.Groups[1].Value.TrimEnd('.'))
            : printed;

    private static async Task CompareAsync(Uri server, string settings, string type, Func<CoercionCase, string?> expected)
    {
        var cases = CoercionMatrix.Cases.Where(item => item.Type == type && expected(item) is not null).ToList();
        Assert.NotEmpty(cases);
        var table = $"matrix_{Guid.NewGuid():n}";
        await SendAsync(server, settings, $"CREATE TABLE {table} (id UInt32, v {type}) ENGINE = Memory");
        try
        {
            await InsertAsync(server, settings, table, [("id", "UInt32"), ("v", type)],
                [.. cases.Select((item, i) => $$"""{"id":{{i}},"v":{{item.Json}}}""")]);
            Assert.True(ColumnType.TryParse(type, out var parsed, out _));
            var columns = parsed.Kind is TypeKind.Nested ? string.Join(", ", parsed.Elements.Select(element => $"v.{element.Name}")) : "v";
            var printed = (await SendAsync(server, settings, $"SELECT {columns} FROM {table} ORDER BY id FORMAT TabSeparated")).Split('\n');
            Assert.Equal(cases.Select(item => $"{item.Json} => {WithoutZeros(type, expected(item)!)}"),
                cases.Select((item, i) => $"{item.Json} => {WithoutZeros(type, printed[i])}"));
        }
        finally
        {
            await SendAsync(server, settings, $"DROP TABLE {table}");
        }
    }

    private static async Task InsertAsync(Uri server, string settings, string table, (string Name, string Type)[] columns,
        string[] messages)
    {
        List<Fault> faults = [];
        IEnumerable<ColumnMapping> mapped = columns.Select(column => new ColumnMapping { Name = column.Name, Type = column.Type });
        MappingOptions options = new() { Columns = [.. mapped] };
        Assert.True(MappingPlan.TryCompile(options, out var plan, faults), string.Join("; ", faults));
        using var block = plan.CreateBlock(new BufferPool());
        var decoder = new JsonDecoder(plan);
        foreach (var message in messages)
            Assert.True(decoder.TryDecode(new Message { Value = Encoding.UTF8.GetBytes(message) }, block, out var fault), fault?.Reason);
        var body = new MemoryStream();
        NativeEncoder.Write(block, body);
        var names = string.Join(", ", plan.Columns.SelectMany(column => column.Type.Kind is TypeKind.Nested
            ? column.Type.Elements.Select(element => $"`{column.Name}.{element.Name}`")
            : [$"`{column.Name}`"]));
        await SendAsync(server, settings, $"INSERT INTO {table} ({names}) FORMAT Native", body.ToArray());
        Assert.Equal(messages.Length.ToString(CultureInfo.InvariantCulture),
            await SendAsync(server, settings, $"SELECT count() FROM {table}"));
    }

    private static async Task<string> SendAsync(Uri server, string settings, string query, byte[]? data = null)
    {
        using var body = new ByteArrayContent(data ?? Encoding.UTF8.GetBytes(query));
        body.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        var address = data is null ? $"?{settings}" : $"?{settings}&query={Uri.EscapeDataString(query)}";
        using var answer = await Http.PostAsync(new Uri(server, address), body, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"{query}: {text}");
        // The last line's end only: a line of its own can be an empty text.
        return text.EndsWith('\n') ? text[..^1] : text;
    }
}
