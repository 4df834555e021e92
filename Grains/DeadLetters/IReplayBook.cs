namespace ClickSink.Grains.DeadLetters;

/// <summary>The persisted state of the replay that a runner works on.</summary>
internal interface IReplayBook
{
    /// <summary>What is persisted.</summary>
    ReplayState State { get; }

    /// <summary>Persists a change, if it changes anything.</summary>
    /// <exception cref="Engine.Delivery.LedgerLostException">Another activation has written: stop at once.</exception>
    /// <exception cref="Engine.Delivery.LedgerUnavailableException">The store does not answer; try again.</exception>
    Task CommitAsync(Func<ReplayState, ReplayState> change, CancellationToken cancellation);
}
