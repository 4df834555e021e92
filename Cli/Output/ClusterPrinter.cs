using System.Globalization;
using System.Text.Json;
using ClickSink.Grains.Interfaces.Cluster;
using ClickSink.Grains.Interfaces.Events;
using Spectre.Console;

namespace ClickSink.Cli.Output;

/// <summary>Prints the cluster, its events and assignments for people.</summary>
internal static class ClusterPrinter
{
    public static void Cluster(ClusterStatus cluster)
    {
        var table = Printer.NewTable("SILO", "HOST", "STATUS", "SINCE", "VERSION", "ROWS/S", "REPLICAS");
        foreach (var silo in cluster.Silos)
        {
            table.AddRow(
                new Text(silo.Address), new Text(silo.HostName), new Text(silo.Status, new Style(silo.Status == "active" ? Color.Green : Color.Default)), Time(silo.Since),
                new Text(silo.Version ?? "?"), Printer.Number(silo.RowsPerSecond), new Text($"{silo.Replicas.Length}{(silo.Replicas.Length == 0 ? "" : ": ")}{string.Join(", ", silo.Replicas)}"));
        }

        AnsiConsole.Write(table);
        if (cluster.Unanswered.Length > 0) Console.Out.WriteLine($"Did not answer, so not counted: {string.Join(", ", cluster.Unanswered)}");
    }

    public static void Events(EventPage page)
    {
        if (page.Events.Length == 0)
        {
            Console.Out.WriteLine("No events.");
            return;
        }

        var table = Printer.NewTable("ID", "AT", "PIPELINE", "EVENT", "BY", "DETAIL");
        foreach (var e in page.Events)
        {
            var where = e.Slot is null ? "" : $"replica {e.Slot}{(e.Silo is null ? "" : $" on {e.Silo}")}: ";
            table.AddRow(
                new Text(e.Id.ToString(CultureInfo.InvariantCulture)), Time(e.At), new Text(e.Pipeline), new Text(JsonNamingPolicy.CamelCase.ConvertName(e.Kind.ToString()), StyleOf(e.Kind)),
                new Text(e.By ?? ""), new Text($"{where}{e.Detail}"));
        }

        AnsiConsole.Write(table);
        if (page.Before is { } before) Console.Out.WriteLine($"Older ones: --before {before}");
    }

    public static void Assignments(PipelineAssignments assignments)
    {
        Console.Out.WriteLine($"{assignments.Pipeline}: epoch {assignments.Epoch}, generation {assignments.Generation}");
        var table = Printer.NewTable("SLOT", "SILO", "PHASE", "SINCE", "PARTITION", "NEXT OFFSET", "END OFFSET", "LAG", "OPEN RANGES");
        foreach (var replica in assignments.Replicas)
        {
            foreach (var partition in replica.Partitions)
            {
                table.AddRow(
                    Printer.Number(replica.Slot), new Text(replica.Silo), Printer.Phase(replica.Phase), replica.Since is { } since ? Time(since) : new Text(""),
                    Printer.Number(partition.Partition), Offset(partition.NextOffset), Offset(partition.EndOffset), Printer.Lag(partition.LagRecords), new Text(string.Join(",", partition.OpenRanges)));
            }
        }

        foreach (var partition in assignments.Unassigned)
        {
            table.AddRow(
                new Text("-"), new Text(""), new Text(""), new Text(""), Printer.Number(partition.Partition), Offset(partition.NextOffset), Offset(partition.EndOffset),
                Printer.Lag(partition.LagRecords), new Text(string.Join(",", partition.OpenRanges)));
        }

        AnsiConsole.Write(table);
    }

    // Without separators: an offset is copied into --offsets.
    private static Text Offset(long offset) => new(offset < 0 ? "?" : offset.ToString(CultureInfo.InvariantCulture));

    private static Text Time(DateTimeOffset time) => new(time.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));

    private static Style StyleOf(EventKind kind) => new(kind switch
    {
        EventKind.Blocked or EventKind.Faulted or EventKind.OffsetsLost => Color.Red,
        EventKind.Retrying or EventKind.FailedOver or EventKind.Fenced => Color.Yellow,
        EventKind.Recovered => Color.Green,
        _ => Color.Default,
    });
}
