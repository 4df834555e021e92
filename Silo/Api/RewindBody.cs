using System.Text.Json.Serialization;

namespace ClickSink.Silo.Api;

/// <summary>A rewind: exactly one of <see cref="To"/>, <see cref="Offsets"/> and <see cref="Replay"/>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RewindBody
{
    /// <summary><c>earliest</c>, <c>latest</c>, or a time with its offset from UTC, such as <c>2026-11-21T08:00:00Z</c>.</summary>
    public string? To { get; init; }

    /// <summary>The next offset by partition; other partitions stay where they are.</summary>
    public Dictionary<int, long>? Offsets { get; init; }

    /// <summary>Ranges that are stored already and are to be stored once more.</summary>
    public IReadOnlyList<RangeBody>? Replay { get; init; }

    /// <summary>Whether a pipeline that is started is drained, rewound, and goes on; false by default, and it is refused.</summary>
    public bool Force { get; init; }

    /// <summary>Whether ranges that were in hand when a worker ended are given up; false by default, and they are written first.</summary>
    public bool DiscardIntents { get; init; }
}

/// <summary>A range of offsets.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="From">The first offset.</param>
/// <param name="To">The last offset.</param>
public sealed record RangeBody(int Partition, long From, long To);
