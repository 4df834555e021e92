using System.Text.Json.Nodes;
using Spectre.Console;

namespace ClickSink.Cli.Output;

/// <summary>Prints what a dry run came to for people. Messages are numbered from 1, as the lines that they were.</summary>
internal static class DryRunPrinter
{
    public static void Print(JsonNode answer)
    {
        var columns = answer["columns"]!.AsArray().Select(name => (string)name!).ToList();
        var rows = answer["rows"]!.AsArray();
        var isRouted = rows.Any(row => row!["routes"]!.AsArray().Count > 0);
        if (rows.Count > 0)
        {
            var table = Printer.NewTable(["MESSAGE", .. isRouted ? (string[])["ROUTES"] : [], .. columns]);
            foreach (var row in rows)
            {
                var values = row!["values"]!;
                table.AddRow([Number(row), .. isRouted ? (Text[])[new Text(Join(row["routes"]!))] : [], .. columns.Select(column => new Text(Show(values[column])))]);
            }

            AnsiConsole.Write(table);
        }

        foreach (var reject in answer["rejected"]!.AsArray()) Console.Out.WriteLine($"Message {(int)reject!["message"]! + 1} is rejected: {(string)reject["reason"]!}");
        var leftOut = answer["leftOut"]!.AsArray().Select(number => $"{(int)number! + 1}").ToList();
        if (leftOut.Count > 0) Console.Out.WriteLine($"Left out: {(leftOut.Count == 1 ? "message" : "messages")} {string.Join(", ", leftOut)}");
        Console.Out.WriteLine($"{(int)answer["messages"]!} messages make {rows.Count} rows, {answer["rejected"]!.AsArray().Count} are rejected");
    }

    private static Text Number(JsonNode row) => new($"{(int)row["message"]! + 1}");

    private static string Join(JsonNode names) => string.Join(", ", names.AsArray().Select(name => (string)name!));

    private static string Show(JsonNode? value) => value is null ? "null" : value is JsonValue ? value.ToString() : value.ToJsonString();
}
