namespace ClickSink.Demo;

/// <summary>What the demo was asked for.</summary>
internal sealed record DemoOptions
{
    /// <summary>How many events are sent; 1,000,000 by default.</summary>
    public required long Rows { get; init; }

    /// <summary>How many silos run; 1 by default.</summary>
    public required int Silos { get; init; }

    /// <summary>Whether everything stops after the check.</summary>
    public required bool Exit { get; init; }

    /// <summary>Where data and logs go.</summary>
    public required string Data { get; init; }
}
