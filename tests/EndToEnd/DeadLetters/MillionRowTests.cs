using ClickSink.Tests.EndToEnd.Stage;
using Xunit;

namespace ClickSink.Tests.EndToEnd.DeadLetters;

/// <summary>
/// A large topic with broken rows of ten kinds: every good row is stored, every bad one is a letter with the right reason, and a repair
/// brings all of them in.
/// </summary>
public sealed class MillionRowTests
{
    private const int Partitions = 4;
    private const int Rows = 1_000_000;
    private const int Broken = 10_000;

    // Column, its type, a good value, and a broken one; null is a field that is not there.
    private static readonly (string Column, string Type, string Good, string? Bad)[] Kinds =
    [
        ("small", "UInt8", "7", "300"),
        ("short", "Int16", "\"-5\"", "\"five\""),
        ("price", "\"Decimal(9, 2)\"", "12.5", "12.345"),
        ("at", "\"DateTime64(3, 'UTC')\"", "\"2026-01-02T03:04:05Z\"", "\"yesterday\""),
        ("day", "Date", "\"2026-01-02\"", "\"2026-13-45\""),
        ("id", "UUID", "\"6f9619ff-8b86-d011-b42d-00cf4fc964ff\"", "\"6f9619ff\""),
        ("flag", "Bool", "true", "7"),
        ("ratio", "Float64", "0.5", "[1]"),
        ("count", "UInt32", "1", null),
        ("big", "Int64", "9007199254740993", "1.5"),
    ];

    private readonly Cluster _cluster;

    public MillionRowTests(Cluster cluster) => _cluster = cluster;

    [Fact]
    public async Task Replay_TenKindsOfBrokenRows_LeavesNone()
    {
        var pipeline = await _cluster.NewPipelineAsync(Partitions);
        for (var p = 0; p < Partitions; p++)
        {
            var partition = p;
            await pipeline.SendRawAsync(p, [.. Enumerable.Range(0, Rows / Partitions).Select(n => Message((n * Partitions) + partition))]);
        }

        await pipeline.ApplyAsync(d => d with
        {
            Policy = "deadLetter",
            MaxRows = 100_000,
            Columns = ["{ name: seq, type: UInt64, missing: reject }", .. Kinds.Select(
                k => $"{{ name: {k.Column}, type: {k.Type}, missing: reject }}")],
        });
        await pipeline.WaitForRejectedAsync(Broken);

        Assert.Equal((Rows - Broken, Rows - Broken), await pipeline.CountAsync());
        var letters = pipeline.DeadLetterTable;
        Assert.Equal(
            $"{Broken}\t{Broken}",
            await pipeline.QueryAsync(
                $"SELECT count(), uniqExact(JSONExtractUInt(payload, 'seq')) FROM {letters} FINAL FORMAT TabSeparated"));
        // The message says which column it breaks; the letter has to have found the same one, with its value, and say so.
        var expected = Kinds.OrderBy(k => k.Column, StringComparer.Ordinal).Select(
            k => $"{k.Column}\t{k.Column}\t{k.Bad}\t{Broken / Kinds.Length}\t{Broken / Kinds.Length}");
        Assert.Equal(
            string.Join('\n', expected),
            await pipeline.QueryAsync($"SELECT JSONExtractString(payload, 'breaks') AS b, column, value, count(), countIf(position(reason, column) > 0) FROM {letters} FINAL GROUP BY b, column, value ORDER BY b FORMAT TSVRaw"));

        await pipeline.QueryAsync(
            $"ALTER TABLE {pipeline.Document.Table} {string.Join(", ", Kinds.Select(k => $"ADD COLUMN {k.Column}_text String"))}");
        await pipeline.ApplyAsync(
            d => d with { Columns = [d.Columns[0], .. Kinds.Select(k => $"{{ name: {k.Column}_text, type: String, path: {k.Column} }}")] });
        var environment = new Dictionary<string, string> { ["CLICKSINK_SERVER"] = pipeline.Silo.Api.ToString(), ["CLICKSINK_TOKEN"] = Cluster.Token };
        var (code, output) = await Command.RunAsync(null, environment, Command.ClickSink, "dead-letters", "replay", pipeline.Id, "--all");

        Assert.True(code == 0, output);
        Assert.Contains($"Done: {Broken} replayed, 0 rejected again", output);
        Assert.Equal((Rows, Rows), await pipeline.CountAsync());
        Assert.Equal($"replayed\t{Broken}", await pipeline.StatusesAsync());
        Assert.Empty((await pipeline.LettersAsync("?status=rejected")).Success().Json["letters"]!.AsArray());
    }

    private static string Message(int seq)
    {
        var broken = seq % (Rows / Broken) == 50 ? seq / (Rows / Broken) % Kinds.Length : -1;
        var fields = Kinds.Select((kind, i) => i == broken ? (kind.Column, Value: kind.Bad) : (kind.Column, Value: kind.Good)).Where(f => f.Value is not null);
        return $"{{\"seq\":{seq},{string.Join(',', fields.Select(f => $"\"{f.Column}\":{f.Value}"))},\"breaks\":\"{(broken < 0 ? "" : Kinds[broken].Column)}\"}}";
    }
}
