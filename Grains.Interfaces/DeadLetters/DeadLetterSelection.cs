namespace ClickSink.Grains.Interfaces.DeadLetters;

/// <summary>Which dead letters; what is null does not matter. Stored with a replay: the names of the properties are a contract.</summary>
[GenerateSerializer, Immutable, Alias("clicksink.DeadLetterSelection")]
public sealed record DeadLetterSelection
{
    /// <summary>The column they failed at; empty for messages that are broken as a whole.</summary>
    [Id(0)]
    public string? Column { get; init; }

    /// <summary>A text within the reason, in any case.</summary>
    [Id(1)]
    public string? Reason { get; init; }

    /// <summary>The partition.</summary>
    [Id(2)]
    public int? Partition { get; init; }

    /// <summary>The first offset.</summary>
    [Id(3)]
    public long? FromOffset { get; init; }

    /// <summary>The last offset.</summary>
    [Id(4)]
    public long? ToOffset { get; init; }

    /// <summary>Rejected at this time or later, to the second.</summary>
    [Id(5)]
    public DateTimeOffset? Since { get; init; }

    /// <summary>Rejected at this time or before, to the second.</summary>
    [Id(6)]
    public DateTimeOffset? Until { get; init; }

    /// <summary>What it means, in a few words.</summary>
    public string Describe()
    {
        var parts = new List<string>();
        if (Column is not null) parts.Add(Column.Length == 0 ? "messages broken as a whole" : $"column {Column}");
        if (Reason is not null) parts.Add($"reason with '{Reason}'");
        if (Partition is not null) parts.Add($"partition {Partition}");
        if (FromOffset is not null) parts.Add($"from offset {FromOffset}");
        if (ToOffset is not null) parts.Add($"to offset {ToOffset}");
        if (Since is not null) parts.Add($"since {Since:O}");
        if (Until is not null) parts.Add($"until {Until:O}");
        return parts.Count == 0 ? "all that wait" : string.Join(", ", parts);
    }
}
