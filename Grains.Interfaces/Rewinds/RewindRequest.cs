namespace ClickSink.Grains.Interfaces.Rewinds;

/// <summary>A rewind as somebody asks for it. It is stored with the pipeline until it is carried out: the names of the properties are a contract, and none can be required, since what equals its type's default is not stored.</summary>
[GenerateSerializer, Immutable, Alias("clicksink.RewindRequest")]
public sealed record RewindRequest
{
    /// <summary>Where it goes.</summary>
    [Id(0)]
    public RewindTarget Target { get; init; }

    /// <summary>The time, for <see cref="RewindTarget.Timestamp"/>.</summary>
    [Id(1)]
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>The next offset by partition, for <see cref="RewindTarget.Offsets"/>.</summary>
    [Id(2)]
    public Dictionary<int, long> Offsets { get; init; } = [];

    /// <summary>The ranges, for <see cref="RewindTarget.Replay"/>.</summary>
    [Id(3)]
    public ReplayRange[] Ranges { get; init; } = [];

    /// <summary>Whether a pipeline that runs is drained for it; otherwise it is refused while the pipeline is started.</summary>
    [Id(4)]
    public bool Force { get; init; }

    /// <summary>
    /// Whether ranges that were in hand when a worker ended are given up: they are not written again, and whether their rows are stored is not known from then
    /// on. Otherwise they are written first, under their own tokens.
    /// </summary>
    [Id(5)]
    public bool DiscardIntents { get; init; }

    /// <summary>Who asks.</summary>
    [Id(6)]
    public string By { get; init; } = "";

    /// <summary>What it does, in a few words.</summary>
    public string Describe() => Target switch
    {
        RewindTarget.Timestamp => $"to {Timestamp:O}",
        RewindTarget.Offsets => $"to offsets {string.Join(",", Offsets.OrderBy(o => o.Key).Select(o => $"{o.Key}:{o.Value}"))}",
        RewindTarget.Replay => $"replay of {string.Join(",", Ranges.AsEnumerable())}",
        _ => $"to {Target.ToString().ToLowerInvariant()}",
    };
}
