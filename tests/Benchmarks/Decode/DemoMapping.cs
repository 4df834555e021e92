using ClickSink.Engine.Mapping;
using ClickSink.Engine.Pipelines;

namespace ClickSink.Tests.Benchmarks.Decode;

/// <summary>The columns of the demo's table (deploy/demo/engagement.yaml).</summary>
internal static class DemoMapping
{
    public static IReadOnlyList<ColumnMapping> Columns { get; } =
    [
        new() { Name = "event_id", Type = "UUID", Missing = MissingPolicy.Reject },
        new() { Name = "seq", Type = "UInt64", Missing = MissingPolicy.Reject },
        new() { Name = "type", Type = "LowCardinality(String)" },
        new() { Name = "ts", Type = "DateTime64(3, 'UTC')", Missing = MissingPolicy.Reject },
        new() { Name = "user_id", Type = "UInt32", Path = "user.id" },
        new() { Name = "plan", Type = "LowCardinality(String)", Path = "user.plan" },
        new() { Name = "device", Type = "LowCardinality(String)", Path = "user.device" },
        new() { Name = "content_id", Type = "UInt32" },
        new() { Name = "position_seconds", Type = "Float64" },
        new() { Name = "completion", Type = "Decimal(4, 3)" },
        new() { Name = "autoplay", Type = "Bool" },
        new() { Name = "subtitles", Type = "Bool" },
        new() { Name = "kafka_partition", Type = "Int32", Path = "$kafka.partition" },
        new() { Name = "kafka_offset", Type = "Int64", Path = "$kafka.offset" },
    ];

    public static MappingPlan Compile()
    {
        var options = new MappingOptions { Columns = Columns };
        List<Fault> faults = [];
        return MappingPlan.TryCompile(options, out MappingPlan? plan, faults) ? plan : throw new InvalidOperationException(string.Join("; ", faults));
    }
}
