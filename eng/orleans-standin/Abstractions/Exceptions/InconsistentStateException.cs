using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>Somebody else wrote a grain's state since it was read. An activation that lets this out of a call is ended.</summary>
[GenerateSerializer]
public class InconsistentStateException : OrleansException
{
    /// <summary>Makes an error.</summary>
    public InconsistentStateException()
    {
    }

    /// <summary>Makes an error.</summary>
    /// <param name="message">What went wrong.</param>
    public InconsistentStateException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an error.</summary>
    /// <param name="message">What went wrong.</param>
    /// <param name="innerException">Why.</param>
    public InconsistentStateException(string message, Exception? innerException)
        : base(message, innerException!)
    {
    }

    /// <summary>Makes an error.</summary>
    /// <param name="errorMsg">What went wrong.</param>
    /// <param name="storedEtag">The version in storage, where known.</param>
    /// <param name="currentEtag">The version that the grain has.</param>
    public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag)
        : base(errorMsg) => (StoredEtag, CurrentEtag) = (storedEtag, currentEtag);

    /// <summary>The version in storage, where known.</summary>
    [Id(1)]
    public string? StoredEtag { get; }

    /// <summary>The version that the grain has.</summary>
    [Id(2)]
    public string? CurrentEtag { get; }

    /// <summary>Whether the activation that this comes out of is the one whose state it is.</summary>
    internal bool IsSourceActivation { get; set; } = true;
}
