using ClickSink.Grains.Interfaces.Events;

namespace ClickSink.Grains.Events;

/// <summary>What there is to remember of a replica, to tell what happened to it since.</summary>
internal sealed record ReplicaSighting
{
    /// <summary>The silo that it was on; empty before it was seen.</summary>
    public string Silo { get; init; } = "";

    /// <summary>Whether it did not answer since.</summary>
    public bool IsAway { get; init; }

    /// <summary>The trouble that was told: retrying, blocked or faulted; null when there is none.</summary>
    public EventKind? Trouble { get; init; }

    /// <summary>When that trouble began.</summary>
    public DateTimeOffset TroubleSince { get; init; }
}
