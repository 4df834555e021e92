using ClickSink.Engine.Mapping;
using ClickSink.Engine.Pipelines;

namespace ClickSink.Tests.Benchmarks.Decode;

/// <summary>The seven columns that the demo's events go into.</summary>
internal static class DemoMapping
{
    public static MappingPlan Compile()
    {
        var options = new MappingOptions
        {
            Columns =
            [
                new() { Name = "event_id", Type = "UUID" },
                new() { Name = "user_id", Type = "UInt64", Path = "user.id" },
                new() { Name = "user_name", Type = "String", Path = "user.name" },
                new() { Name = "type", Type = "LowCardinality(String)" },
                new() { Name = "ts", Type = "DateTime64(3, 'UTC')" },
                new() { Name = "value", Type = "Float64" },
                new() { Name = "active", Type = "Bool" },
            ],
        };
        List<Fault> faults = [];
        return MappingPlan.TryCompile(options, out MappingPlan? plan, faults) ? plan : throw new InvalidOperationException(string.Join("; ", faults));
    }
}
