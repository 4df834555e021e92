using System.Globalization;
using ClickSink.Engine.DeadLetters;

namespace ClickSink.Engine.Sinks.ClickHouse.DeadLetters;

/// <summary>Reads the answers to <see cref="DeadLetterQueries"/>.</summary>
internal static class DeadLetterRows
{
    public static StoredLetter ReadLetter(string[] row) => new()
    {
        Letter = new DeadLetter(
            Int(row[0]), Long(row[1]), Long(row[4]), row[7], row[8], row[9], row[10], Convert.FromHexString(row[16]), Convert.FromHexString(row[17]))
        {
            StoredRoutes = row[14], Headers = row[15], PayloadBytes = Long(row[18]),
        },
        Version = ulong.Parse(row[2], CultureInfo.InvariantCulture),
        Status = (DeadLetterStatus)Int(row[3]),
        RejectedAt = DateTimeOffset.FromUnixTimeSeconds(Long(row[5])),
        UpdatedAt = DateTimeOffset.FromUnixTimeSeconds(Long(row[6])),
        Attempts = Int(row[11]),
        Replay = row[12],
        PipelineVersion = Int(row[13]),
    };

    public static (LetterKey Key, long Bytes) ReadKey(string[] row) =>
        (new LetterKey(Int(row[0]), Long(row[1]), ulong.Parse(row[2], CultureInfo.InvariantCulture)), Long(row[3]));

    public static DeadLetterCount ReadCount(string[] row) => new((DeadLetterStatus)Int(row[0]), row[1], Long(row[2]), row[3]);

    private static int Int(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static long Long(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
