namespace ClickSink.Engine.Delivery;

/// <summary>The persisted progress of a replica. Each change is a conditional write: one that finds another owner's write fails.</summary>
public interface ILedger
{
    /// <summary>Persists a change.</summary>
    /// <exception cref="LedgerLostException">Another owner has taken over: stop at once, write nothing more.</exception>
    /// <exception cref="LedgerUnavailableException">The store does not answer; the change may or may not be there. Try the same change again.</exception>
    Task CommitAsync(LedgerChange change, CancellationToken cancellation);
}
