namespace ClickSink.Engine.Delivery;

/// <summary>Another owner has taken over the ledger. Whoever gets this stops at once and writes nothing more.</summary>
public sealed class LedgerLostException : Exception
{
    /// <summary>Makes the exception.</summary>
    public LedgerLostException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
