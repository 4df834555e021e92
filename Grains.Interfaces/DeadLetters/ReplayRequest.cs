namespace ClickSink.Grains.Interfaces.DeadLetters;

/// <summary>A replay of dead letters as somebody asks for it.</summary>
[GenerateSerializer, Immutable, Alias("clicksink.ReplayRequest")]
public sealed record ReplayRequest
{
    /// <summary>Which letters.</summary>
    [Id(0)]
    public DeadLetterSelection Selection { get; init; } = new();

    /// <summary>Who asks.</summary>
    [Id(1)]
    public string By { get; init; } = "";
}
