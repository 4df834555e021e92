using ClickSink.Engine.Sinks.ClickHouse.DeadLetters;

namespace ClickSink.Engine.Sinks.ClickHouse;

/// <summary>The registration of the ClickHouse sink.</summary>
internal static class ClickHouseSinkKind
{
    public static SinkKind Instance { get; } = new()
    {
        Name = "clickhouse",
        OptionsType = typeof(ClickHouseSinkOptions),
        Validate = (options, path, faults) => ClickHouseSinkOptionsValidator.Validate((ClickHouseSinkOptions)options, path, faults),
        Reach = (former, present) => Reach((ClickHouseSinkOptions)former with { CreateTable = null }, (ClickHouseSinkOptions?)present),
        Create = context => new ClickHouseSink(context),
        DeadLetters = (context, table) => new ClickHouseDeadLetterTable(context, table),
    };

    private static ClickHouseSinkOptions Reach(ClickHouseSinkOptions former, ClickHouseSinkOptions? present) => present is null || (former.Database, former.Table) != (present.Database, present.Table)
        ? former
        : former with
        {
            Url = present.Url,
            User = present.User,
            Password = present.Password,
            Compression = present.Compression,
            Settings = present.Settings,
            Timeout = present.Timeout,
        };
}
