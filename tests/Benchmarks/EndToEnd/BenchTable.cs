using System.Globalization;
using ClickSink.Servers.ClickHouse;

namespace ClickSink.Tests.Benchmarks.EndToEnd;

/// <summary>The table that both sides fill: seven columns of the engagement events, in types that clickhouse-server 18.16 has.</summary>
internal sealed class BenchTable
{
    public const string Name = "engagement_bench";

    private readonly ClickHouseHttp _http;

    public BenchTable(ClickHouseHttp http) => _http = http;

    public async Task CreateAsync()
    {
        await _http.QueryAsync($"DROP TABLE IF EXISTS {Name}");
        await _http.QueryAsync(
            $"CREATE TABLE {Name} (event_id UUID, seq UInt64, type String, ts DateTime, content_id UInt32, position_seconds Float64, autoplay UInt8) ENGINE = MergeTree ORDER BY seq");
    }

    public async Task<long> CountAsync() => long.Parse(await _http.QueryAsync($"SELECT count() FROM {Name}"), CultureInfo.InvariantCulture);

    /// <summary>Fails the benchmark when a side did not store every event: a figure of such a run means nothing.</summary>
    public async Task CheckAsync(string side, long rows)
    {
        var found = await _http.QueryAsync($"SELECT count(), uniqExact(seq), sum(seq), countIf(ts < toDateTime('2020-01-01 00:00:00')) FROM {Name} FORMAT TabSeparated");
        var expected = string.Create(CultureInfo.InvariantCulture, $"{rows}\t{rows}\t{rows * (rows - 1) / 2}\t0");
        if (found != expected) throw new InvalidOperationException($"{side} stored other rows than were sent: {found.Replace('\t', ' ')} instead of {expected.Replace('\t', ' ')}");
    }
}
