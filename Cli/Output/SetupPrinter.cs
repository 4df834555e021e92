using System.Globalization;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace ClickSink.Cli.Output;

/// <summary>Prints samples, proposals and checks for people.</summary>
internal static class SetupPrinter
{
    public static void Sample(JsonNode answer)
    {
        // One message a line, as kcat prints them: the value is what somebody pipes on.
        foreach (var message in answer["messages"]!.AsArray())
        {
            var key = message!["key"] is { } text ? $" key {text}" : "";
            Console.Error.WriteLine(
                $"[{message["partition"]}] {message["offset"]}{(message["timestamp"] is { } time ? $" {time}" : "")}{key}{((string?)message["encoding"] == "base64" ? " base64" : "")}");
            Console.Out.WriteLine((string?)message["value"] ?? "(no value)");
        }

        var partitions = answer["partitions"]!.AsArray();
        var note = answer["note"] is { } why ? $"; {why}" : "";
        Console.Error.WriteLine(
            $"{answer["messages"]!.AsArray().Count} of {partitions.Sum(p => (long)p!["messages"]!)} messages in {partitions.Count} partitions{note}");
    }

    public static void Proposal(JsonNode proposal)
    {
        var inference = proposal["inference"]!;
        var table = Printer.NewTable("COLUMN", "TYPE", "PATH", "SURE", "WHY");
        foreach (var field in inference["fields"]!.AsArray())
        {
            var sure = ((double)field!["confidence"]!).ToString("0 %", CultureInfo.InvariantCulture);
            table.AddRow(Cell(field["column"]), Cell(field["type"]), Cell(field["path"]), new Text(sure), Cell(field["reason"]));
        }

        AnsiConsole.Write(table);
        foreach (var field in inference["fields"]!.AsArray().Where(f => f!["conflicts"]!.AsArray().Count > 0))
        {
            var kinds = field!["conflicts"]!.AsArray()
                .Select(c => $"{c!["count"]} {c["kind"]} ({string.Join(", ", c["examples"]!.AsArray())})");
            Console.Out.WriteLine($"conflict in {field["path"]}: {string.Join("; ", kinds)}");
        }

        if (proposal["table"] is { } made)
        {
            Console.Out.WriteLine();
            foreach (var choice in made["choices"]!.AsArray())
                Console.Out.WriteLine($"{choice!["part"]}: {choice["choice"] ?? "none"} ({choice["reason"]})");
            Console.Out.WriteLine($"\n{made["statement"]}");
        }

        Differences(proposal["differences"]!.AsArray());
        foreach (var note in proposal["notes"]!.AsArray()) Console.Out.WriteLine($"note: {note}");
        Console.Out.WriteLine($"{proposal["messages"]} messages were looked at; -o yaml prints the document");
    }

    public static void Report(JsonNode report)
    {
        var tables = report["tables"]!.AsArray();
        Finding("kafka", report["kafka"]);
        Finding("clickhouse", report["clickhouse"]);
        foreach (var table in tables) Finding("table", table);
        Finding("messages", report["messages"]);
        foreach (var table in tables) Differences(table!["differences"]!.AsArray());
        foreach (var reject in report["messages"]?["rejects"]?.AsArray() ?? [])
            Console.Out.WriteLine($"rejected: [{reject!["partition"]}] {reject["offset"]}: {reject["reason"]}");
    }

    private static void Finding(string part, JsonNode? found)
    {
        if (found is not null) Console.Out.WriteLine($"{((bool)found["ok"]! ? "ok" : "FAILED"),-6} {part}: {found["message"]}");
    }

    private static void Differences(JsonArray differences)
    {
        foreach (var difference in differences)
        {
            Console.Out.WriteLine($"{difference!["severity"]}: {difference["message"]}. To do: {difference["fix"]}");
            if (difference["statement"] is { } statement) Console.Out.WriteLine($"  {statement}");
        }
    }

    private static Text Cell(JsonNode? value) => new((string?)value ?? "");
}
