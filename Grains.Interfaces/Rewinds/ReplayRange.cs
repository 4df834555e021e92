namespace ClickSink.Grains.Interfaces.Rewinds;

/// <summary>A range of offsets to store once more, both ends included.</summary>
[GenerateSerializer, Immutable, Alias("clicksink.ReplayRange")]
public sealed record ReplayRange
{
    /// <summary>The partition.</summary>
    [Id(0)]
    public int Partition { get; init; }

    /// <summary>The first offset.</summary>
    [Id(1)]
    public long From { get; init; }

    /// <summary>The last offset.</summary>
    [Id(2)]
    public long To { get; init; }

    /// <summary>The range as the command line takes it: <c>0:100-200</c>.</summary>
    public override string ToString() => $"{Partition}:{From}-{To}";
}
