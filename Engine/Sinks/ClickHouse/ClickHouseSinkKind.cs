namespace ClickSink.Engine.Sinks.ClickHouse;

/// <summary>The registration of the ClickHouse sink.</summary>
internal static class ClickHouseSinkKind
{
    public static SinkKind Instance { get; } = new()
    {
        Name = "clickhouse",
        OptionsType = typeof(ClickHouseSinkOptions),
        Validate = (options, path, faults) => ClickHouseSinkOptionsValidator.Validate((ClickHouseSinkOptions)options, path, faults),
        Create = context => new ClickHouseSink(context),
    };
}
