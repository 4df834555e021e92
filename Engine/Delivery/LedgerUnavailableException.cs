namespace ClickSink.Engine.Delivery;

/// <summary>The store of the ledger does not answer. Trying the same change again is the remedy.</summary>
public sealed class LedgerUnavailableException : Exception
{
    /// <summary>Makes the exception.</summary>
    public LedgerUnavailableException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
