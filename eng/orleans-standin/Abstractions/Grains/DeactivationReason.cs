namespace Orleans;

/// <summary>Why an activation ends.</summary>
public readonly struct DeactivationReason
{
    /// <summary>Makes a reason.</summary>
    /// <param name="code">The kind.</param>
    /// <param name="text">For people.</param>
    public DeactivationReason(DeactivationReasonCode code, string text)
        : this(code, null, text)
    {
    }

    /// <summary>Makes a reason.</summary>
    /// <param name="code">The kind.</param>
    /// <param name="exception">What went wrong.</param>
    /// <param name="text">For people.</param>
    public DeactivationReason(DeactivationReasonCode code, Exception? exception, string text) =>
        (ReasonCode, Exception, Description) = (code, exception, text);

    /// <summary>The kind.</summary>
    public DeactivationReasonCode ReasonCode { get; }

    /// <summary>For people.</summary>
    public string Description { get; }

    /// <summary>What went wrong; null where nothing did.</summary>
    public Exception? Exception { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{ReasonCode}: {Description}{(Exception is null ? "" : $" Exception: {Exception}")}";
}

/// <summary>The kinds of reasons why an activation ends.</summary>
public enum DeactivationReasonCode : byte
{
    /// <summary>None given.</summary>
    None,

    /// <summary>The silo stops.</summary>
    ShuttingDown,

    /// <summary>The grain's constructor, state or OnActivateAsync failed.</summary>
    ActivationFailed,

    /// <summary>The directory lost the entry.</summary>
    DirectoryFailure,

    /// <summary>No calls for the collection age.</summary>
    ActivationIdle,

    /// <summary>It does not answer.</summary>
    ActivationUnresponsive,

    /// <summary>Another silo activated the grain first.</summary>
    DuplicateActivation,

    /// <summary>A call needs another version.</summary>
    IncompatibleRequest,

    /// <summary>An error that leaves the grain in doubt, such as a lost ETag.</summary>
    ApplicationError,

    /// <summary>The grain asked for it.</summary>
    ApplicationRequested,

    /// <summary>It moves to another silo.</summary>
    Migrating,

    /// <summary>The runtime asked for it.</summary>
    RuntimeRequested,

    /// <summary>The silo runs out of memory.</summary>
    HighMemoryPressure,
}
