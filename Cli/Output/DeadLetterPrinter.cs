using System.Globalization;
using ClickSink.Grains.Interfaces.DeadLetters;
using Spectre.Console;

namespace ClickSink.Cli.Output;

/// <summary>Prints rejected messages for people.</summary>
internal static class DeadLetterPrinter
{
    public static void Page(DeadLetterPage page)
    {
        if (page.Letters.Length == 0)
        {
            Console.Out.WriteLine("No dead letters.");
            return;
        }

        var counts = Printer.NewTable("COUNT", "STATUS", "COLUMN", "FOR EXAMPLE");
        foreach (var count in page.Counts) counts.AddRow(
            Printer.Number(count.Count), new Text(count.Status), ColumnOf(count.Column), new Text(count.Reason));
        AnsiConsole.Write(counts);
        Console.Out.WriteLine();
        var table = Printer.NewTable("PARTITION", "OFFSET", "STATUS", "REJECTED", "TRIED", "COLUMN", "REASON");
        foreach (var letter in page.Letters)
        {
            table.AddRow(
                Printer.Number(letter.Partition), new Text(letter.Offset.ToString(CultureInfo.InvariantCulture)), new Text(letter.Status), Time(letter.RejectedAt), Printer.Number(letter.Attempts),
                ColumnOf(letter.Column), new Text(letter.Reason));
        }

        AnsiConsole.Write(table);
        if (page.After is { } after) Console.Out.WriteLine($"The next ones: --after {after}");
    }

    public static void Letter(DeadLetterView letter)
    {
        var facts = Printer.NewTable("", "");
        facts.HideHeaders();
        void Fact(string name, string? value)
        {
            if (value is { Length: > 0 }) facts.AddRow(new Text(name), new Text(value));
        }

        Fact("message", string.Create(CultureInfo.InvariantCulture, $"partition {letter.Partition}, offset {letter.Offset}"));
        Fact("status", letter.Status + (letter.Attempts == 0 ? "" : $", tried {letter.Attempts} times, last by replay {letter.Replay}"));
        Fact("rejected", $"{letter.RejectedAt.ToLocalTime():yyyy-MM-dd HH:mm:ss}, by version {letter.PipelineVersion}");
        Fact("column", letter.Column);
        Fact("path", letter.Path);
        Fact("value", letter.Value);
        Fact("reason", letter.Reason);
        foreach (var header in letter.Headers) Fact(
            "header", $"{header.Name}: {(header.Value is null ? "(null)" : $"{Convert.ToBase64String(header.Value)} (base64)")}");
        Fact("key", letter.Key.Length == 0 ? null : $"{Convert.ToBase64String(letter.Key)} (base64)");
        Fact("bytes", string.Create(CultureInfo.InvariantCulture, $"{letter.PayloadBytes}"));
        AnsiConsole.Write(facts);
        Console.Out.WriteLine(letter.Text ?? $"{Convert.ToBase64String(letter.Payload ?? [])} (base64)");
    }

    private static Text ColumnOf(string column) => new(column.Length == 0 ? "(message)" : column);

    private static Text Time(DateTimeOffset time) => new(time.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
}
