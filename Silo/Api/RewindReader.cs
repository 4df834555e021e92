using System.Globalization;
using ClickSink.Grains.Interfaces.Pipelines;
using ClickSink.Grains.Interfaces.Rewinds;

namespace ClickSink.Silo.Api;

/// <summary>Makes a request for a rewind from the body of a call.</summary>
internal static class RewindReader
{
    /// <summary>Reads it.</summary>
    /// <returns>The request, or null; then a fault says why.</returns>
    public static RewindRequest? Read(RewindBody body, string by, ICollection<DocumentFault> faults)
    {
        var given = new[] { ("to", body.To is not null), ("offsets", body.Offsets is not null), ("replay", body.Replay is not null) }.Where(g => g.Item2).Select(g => g.Item1).ToList();
        if (given.Count != 1)
        {
            faults.Add(new DocumentFault { Path = "", Rule = $"needs exactly one of to, offsets and replay; {(given.Count == 0 ? "it has none" : $"it has {string.Join(" and ", given)}")}" });
            return null;
        }

        var request = new RewindRequest { Target = RewindTarget.Earliest, By = by, Force = body.Force, DiscardIntents = body.DiscardIntents };
        if (body.Offsets is not null) return request with { Target = RewindTarget.Offsets, Offsets = body.Offsets };
        if (body.Replay is not null)
            return request with { Target = RewindTarget.Replay, Ranges = [.. body.Replay.Select(r => new ReplayRange { Partition = r.Partition, From = r.From, To = r.To })] };
        switch (body.To)
        {
            case "earliest": return request;
            case "latest": return request with { Target = RewindTarget.Latest };
        }

        // A time without its offset would mean another moment on each silo.
        const DateTimeStyles Exact = DateTimeStyles.RoundtripKind;
        if (DateTime.TryParse(body.To, CultureInfo.InvariantCulture, Exact, out var time) && time.Kind is not DateTimeKind.Unspecified)
            return request with { Target = RewindTarget.Timestamp, Timestamp = new DateTimeOffset(time.ToUniversalTime()) };
        faults.Add(new DocumentFault { Path = "to", Value = body.To, Rule = "must be earliest, latest, or a time with its offset from UTC such as 2026-11-21T08:00:00Z" });
        return null;
    }
}
