namespace ClickSink.Embedded.Chdb;

/// <summary>One query as the engine is to run it.</summary>
internal sealed record QueryPlan
{
    /// <summary>The text, in the bytes that the client sent.</summary>
    public required ReadOnlyMemory<byte> Text { get; init; }

    /// <summary>Output format when the text names none.</summary>
    public required string Format { get; init; }

    /// <summary>Whether the result comes in chunks rather than whole. Only for formats whose chunks add up (<see cref="Http.FormatNames"/>).</summary>
    public bool Streams { get; init; }

    /// <summary>Statements that prepare the session: settings, database.</summary>
    public IReadOnlyList<string> Prelude { get; init; } = [];

    /// <summary>Values of {name:Type} in the text.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; init; } = [];

    /// <summary>The log_comment that the prelude sets: by it the query can be cancelled.</summary>
    public required string LogComment { get; init; }
}
