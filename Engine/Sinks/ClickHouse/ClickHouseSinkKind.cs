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
        CheckRows = (options, path, rows, faults) => ClickHouseRouting.Check((ClickHouseSinkOptions)options, path, rows, faults),
        Reach = (former, present) => Reach(WithoutCreating((ClickHouseSinkOptions)former), (ClickHouseSinkOptions?)present),
        Create = context => new ClickHouseSink(context),
        DeadLetters = (context, table) => new ClickHouseDeadLetterTable(context, table),
    };

    private static ClickHouseSinkOptions Reach(ClickHouseSinkOptions former, ClickHouseSinkOptions? present) => present is null || !Targets(former).SetEquals(Targets(present))
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

    private static ClickHouseSinkOptions WithoutCreating(ClickHouseSinkOptions options) =>
        options with { CreateTable = null, Tables = [.. options.Tables.Select(table => table with { CreateTable = null })] };

    private static HashSet<(string Database, string? Table)> Targets(ClickHouseSinkOptions options) =>
        options.Tables.Count == 0 ? [(options.Database, options.Table)] : [.. options.Tables.Select(table => (options.Database, (string?)table.Table))];
}
