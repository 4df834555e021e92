using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ClickSink.Cli.Api;
using ClickSink.Grains.Interfaces.Pipelines;
using Spectre.Console;

namespace ClickSink.Cli.Output;

/// <summary>Prints what commands found, for people or for scripts.</summary>
internal static class Printer
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    public static void Data(object value, OutputFormat format) => Document(JsonSerializer.Serialize(value, Json), format);

    public static void Document(string json, OutputFormat format)
    {
        var node = JsonNode.Parse(json);
        Console.Out.Write(format is OutputFormat.Json ? node!.ToJsonString(Json) + "\n" : YamlText.Write(node));
    }

    public static void List(IReadOnlyList<PipelineListEntry> pipelines)
    {
        if (pipelines.Count == 0)
        {
            Console.Out.WriteLine("No pipelines. `clicksink apply -f pipeline.yaml` makes one.");
            return;
        }

        var table = NewTable("PIPELINE", "PHASE", "VERSION", "ROWS/S", "LAG", "ERROR");
        foreach (var p in pipelines) table.AddRow(new Text(p.Id), Phase(p.Phase), Number(p.Version), Number(p.RowsPerSecond), Lag(p.LagRecords), new Text(p.Error ?? ""));
        AnsiConsole.Write(table);
    }

    public static void Status(PipelineStatus status)
    {
        var facts = NewTable("", "");
        facts.HideHeaders();
        void Fact(string name, string? value)
        {
            if (value is { Length: > 0 }) facts.AddRow(new Text(name), new Text(value));
        }

        Fact("pipeline", status.Id);
        Fact("phase", status.Phase.ToString().ToLowerInvariant() + (status.Wanted is WantedState.Stopped ? " (stopped by operator)" : ""));
        Fact("version", status.Version.ToString(CultureInfo.InvariantCulture));
        Fact("rewind", status.PendingRewind is null ? null : $"{status.PendingRewind}, once it is drained");
        Fact("rows", $"{Format(status.RowsWritten)} stored since start, {Format(status.RowsPerSecond)}/s");
        Fact("lag", status.LagRecords < 0 ? "not known yet" : $"{Format(status.LagRecords)} messages");
        Fact("guarantee", status.Guarantee is null ? null : $"{status.Guarantee}{(status.GuaranteeReason is null ? "" : $": {status.GuaranteeReason}")}");
        Fact("advice", status.Advice);
        Fact("rejected", status.RecordsRejected == 0 ? null : $"{Format(status.RecordsRejected)}; last: {status.LastRejection}");
        Fact("error", status.Error is null ? null : $"{status.Error}{(status.ErrorSince is { } since ? $" (since {since.ToLocalTime():yyyy-MM-dd HH:mm:ss})" : "")}");
        AnsiConsole.Write(facts);
        if (status.Replicas.Length == 0) return;
        var table = NewTable("SLOT", "SILO", "PHASE", "PARTITIONS", "ROWS/S", "LAG");
        foreach (var replica in status.Replicas)
        {
            var known = replica.Partitions.Where(p => p.EndOffset >= 0 && p.NextOffset >= 0).ToList();
            table.AddRow(
                Number(replica.Slot), new Text(replica.Silo), Phase(replica.Phase), new Text(string.Join(",", replica.Partitions.Select(p => p.Partition))),
                Number(replica.RowsPerSecond), Lag(known.Count == 0 ? -1 : known.Sum(p => Math.Max(0, p.EndOffset - p.NextOffset))));
        }

        AnsiConsole.Write(table);
    }

    public static Table NewTable(params string[] columns)
    {
        var table = new Table().NoBorder();
        foreach (var column in columns) table.AddColumn(new TableColumn(column).NoWrap());
        table.Columns[^1].NoWrap = false;
        return table;
    }

    public static Text Phase(PipelinePhase phase) => new(phase.ToString().ToLowerInvariant(), new Style(phase switch
    {
        PipelinePhase.Running => Color.Green,
        PipelinePhase.Faulted or PipelinePhase.Blocked => Color.Red,
        PipelinePhase.Retrying => Color.Yellow,
        _ => Color.Default,
    }));

    public static Text Number(double value) => new(Format(value));

    public static Text Lag(long value) => new(value < 0 ? "?" : Format(value));

    private static string Format(double value) => value.ToString("#,0", CultureInfo.InvariantCulture);
}
