namespace Orleans.Standin.Calls;

/// <summary>Brings a call to its grain: a silo finds the silo that has it, a client a gateway.</summary>
internal interface ICallRouter
{
    /// <summary>How long a caller in this process waits, unless the method says otherwise.</summary>
    TimeSpan ResponseTimeout { get; }

    bool CancelRequestOnTimeout { get; }

    /// <summary>Sends a call. Never answers <see cref="CallOutcome.Moved"/>.</summary>
    /// <exception cref="Orleans.Runtime.OrleansMessageRejectionException">It was not executed.</exception>
    /// <exception cref="Orleans.Runtime.SiloUnavailableException">It may have been executed.</exception>
    Task<CallResponse> SendAsync(CallRequest request, CancellationToken cancellation);
}
