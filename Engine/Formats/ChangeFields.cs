namespace ClickSink.Engine.Formats;

/// <summary>What a change event says of its row besides the row itself. The default is that of a message that is no change event.</summary>
internal readonly ref struct ChangeFields
{
    /// <summary>Which change: <c>c</c>, <c>u</c>, <c>d</c> or <c>r</c>.</summary>
    public ReadOnlySpan<byte> Operation { get; init; }

    /// <summary>When the change was made, milliseconds from 1970; null if the event does not say.</summary>
    public long? TimestampMilliseconds { get; init; }

    /// <summary>A number that grows with each change; null if the event has none.</summary>
    public long? Version { get; init; }

    /// <summary>Whether the row was deleted.</summary>
    public bool IsDeleted { get; init; }
}
