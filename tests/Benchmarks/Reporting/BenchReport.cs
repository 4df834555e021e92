using System.Globalization;
using System.Text.Json;
using ClickSink.Servers;

namespace ClickSink.Tests.Benchmarks.Reporting;

/// <summary>Prints the figures of a benchmark and writes them to <c>artifacts/bench/NAME.json</c>.</summary>
internal static class BenchReport
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static void Write(string name, params BenchRow[] rows)
    {
        foreach (var row in rows)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row.Name} ({row.Unit}): {row.Ours:0.###}, {row.Peer?.ToString("0.###", CultureInfo.InvariantCulture) ?? "-"}, {row.Ratio?.ToString("0.00", CultureInfo.InvariantCulture) ?? "-"}"));
        var folder = Directory.CreateDirectory(Path.Combine(Checkout.Root, "artifacts", "bench"));
        File.WriteAllText(Path.Combine(folder.FullName, $"{name}.json"), JsonSerializer.Serialize(rows, Json) + "\n");
    }

    /// <summary>The middle one of several runs.</summary>
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
