namespace ClickSink.Engine.Formats.Debezium;

/// <summary>The parts of a change event. Valid until the next one is read.</summary>
internal readonly ref struct Envelope
{
    /// <summary>What happened; empty if the message does not say, and so is no change event.</summary>
    public ReadOnlySpan<byte> Operation { get; init; }

    /// <summary>The row before the change as JSON; empty if there is none.</summary>
    public ReadOnlySpan<byte> Before { get; init; }

    /// <summary>The row after the change as JSON; empty if there is none.</summary>
    public ReadOnlySpan<byte> After { get; init; }

    /// <summary>The schema of the event as JSON, as Kafka Connect's converter sends it; empty if it did not.</summary>
    public ReadOnlySpan<byte> Schema { get; init; }

    /// <summary>When the source made the change.</summary>
    public long? TimestampMilliseconds { get; init; }

    /// <summary>A number that grows with each change of the source.</summary>
    public long? Version { get; init; }
}
