using System.Globalization;

namespace ClickSink.Demo;

/// <summary>What the table has of the events that were sent. Their numbers run from 0, so nothing has to be remembered to tell.</summary>
/// <param name="Stored">Rows in the table.</param>
/// <param name="Missing">Events that are not there.</param>
/// <param name="Duplicate">Rows that are there more than once.</param>
internal sealed record Check(long Stored, long Missing, long Duplicate)
{
    public static async Task<Check> RunAsync(DemoServers servers, long rows, CancellationToken cancellation)
    {
        var text = await servers.ClickHouse.Http.QueryAsync(
            $"SELECT count(), uniqExactIf(seq, seq < {rows}) FROM engagement FORMAT TabSeparated", cancellationToken: cancellation);
        var numbers = text.Split('\t').Select(n => long.Parse(n, CultureInfo.InvariantCulture)).ToArray();
        return new Check(numbers[0], rows - numbers[1], numbers[0] - numbers[1]);
    }
}
