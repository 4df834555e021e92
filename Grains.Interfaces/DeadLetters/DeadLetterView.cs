namespace ClickSink.Grains.Interfaces.DeadLetters;

/// <summary>A dead letter, for people and programs.</summary>
public sealed record DeadLetterView
{
    /// <summary>The message's partition.</summary>
    public int Partition { get; init; }

    /// <summary>The message's offset.</summary>
    public long Offset { get; init; }

    /// <summary>What became of it: <c>rejected</c>, <c>replayed</c> or <c>discarded</c>.</summary>
    public string Status { get; init; } = "";

    /// <summary>When Kafka got the message; null where the broker keeps no times.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>When it was rejected first.</summary>
    public DateTimeOffset RejectedAt { get; init; }

    /// <summary>When its state last changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Why it was rejected last.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The column it failed at; empty when the message as a whole is broken.</summary>
    public string Column { get; init; } = "";

    /// <summary>The path of the field.</summary>
    public string Path { get; init; } = "";

    /// <summary>The value found there, cut.</summary>
    public string Value { get; init; } = "";

    /// <summary>How often a replay was tried.</summary>
    public int Attempts { get; init; }

    /// <summary>The last replay that tried it; empty when none did.</summary>
    public string Replay { get; init; } = "";

    /// <summary>Version of the document that rejected it last.</summary>
    public int PipelineVersion { get; init; }

    /// <summary>The message's headers in their order.</summary>
    public DeadLetterHeader[] Headers { get; init; } = [];

    /// <summary>The message's key, in base64.</summary>
    public byte[] Key { get; init; } = [];

    /// <summary>The message as text; null when it is none. In a list it is cut.</summary>
    public string? Text { get; init; }

    /// <summary>The message's bytes in base64, when it is no text.</summary>
    public byte[]? Payload { get; init; }

    /// <summary>How many bytes the message has.</summary>
    public long PayloadBytes { get; init; }
}

/// <summary>A header of a rejected message.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value in base64; null when it has none.</param>
public sealed record DeadLetterHeader(string Name, byte[]? Value);
