using ClickSink.Engine.Mapping;
using ClickSink.Engine.Pipelines;
using ClickSink.Engine.Sources.Generator;

namespace ClickSink.Tests.Benchmarks.Decode;

/// <summary>Events of one kind, and the columns that they are read into.</summary>
internal sealed record DecodeShape(string Name, EventsInMemory Events, MappingPlan Plan)
{
    private static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>The columns as ClickHouse's table functions take them.</summary>
    public string Structure => string.Join(", ", Plan.Columns.Select(column => $"{column.Name} {column.Type}"));

    /// <summary>
    /// The demo's events. Its table has the user's fields as columns of their own; here they are a tuple, which ClickHouse reads from JSON
    /// as well.
    /// </summary>
    public static DecodeShape Demo(int rows) => new("demo", EventsInMemory.Create(rows, new EngagementEvents(seed: 1, Start).Next), Compile(
        """
        event_id UUID
        seq UInt64
        type LowCardinality(String)
        ts DateTime64(3, 'UTC')
        user Tuple(id UInt32, plan LowCardinality(String), device LowCardinality(String))
        content_id UInt32
        position_seconds Float64
        completion Decimal(4, 3)
        autoplay Bool
        subtitles Bool
        """));

    /// <summary>Thirty columns, with tuples, arrays and maps.</summary>
    public static DecodeShape Wide(int rows) => new("wide", EventsInMemory.Create(rows, new WideEvents(Start).Next), Compile(
        """
        id UUID
        seq UInt64
        ts DateTime64(3, 'UTC')
        service LowCardinality(String)
        host LowCardinality(String)
        level LowCardinality(String)
        status UInt16
        latency_ms Float64
        bytes_in UInt64
        bytes_out UInt64
        cost Decimal(18, 6)
        client IPv4
        user Tuple(id UInt64, name String, plan LowCardinality(String), address Tuple(city LowCardinality(String), zip String))
        tags Array(LowCardinality(String))
        samples Array(Float64)
        codes Array(UInt32)
        labels Map(String, String)
        metrics Map(LowCardinality(String), Float64)
        items Array(Tuple(sku String, quantity UInt16, price Decimal(9, 2)))
        matrix Array(Array(Int32))
        referrer Nullable(String)
        session Nullable(UUID)
        retried Bool
        day Date
        trace FixedString(32)
        parent Nullable(UInt64)
        message String
        country LowCardinality(String)
        screen Tuple(width UInt16, height UInt16)
        flags Array(Bool)
        """));

    private static MappingPlan Compile(string columns)
    {
        IEnumerable<string[]> lines = columns.Split('\n').Select(line => line.Split(' ', 2));
        MappingOptions options = new() { Columns = [.. lines.Select(parts => new ColumnMapping { Name = parts[0], Type = parts[1] })] };
        List<Fault> faults = [];
        return MappingPlan.TryCompile(options, out MappingPlan? plan, faults)
            ? plan
            : throw new InvalidOperationException(string.Join("; ", faults));
    }
}
