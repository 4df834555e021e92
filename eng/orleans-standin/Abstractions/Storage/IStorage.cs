namespace Orleans.Core;

/// <summary>One state of a grain in storage.</summary>
public interface IStorage
{
    /// <summary>The version that was read or written last; null before the first write.</summary>
    string? Etag { get; }

    /// <summary>Whether storage has it.</summary>
    bool RecordExists { get; }

    /// <summary>Removes it from storage and starts anew.</summary>
    /// <exception cref="Storage.InconsistentStateException">Somebody else wrote since it was read.</exception>
    Task ClearStateAsync();

    /// <summary>Removes it from storage and starts anew.</summary>
    /// <param name="cancellationToken">Stops waiting; storage may have it done or not.</param>
    Task ClearStateAsync(CancellationToken cancellationToken) => ClearStateAsync();

    /// <summary>Writes it, if nobody else did since it was read.</summary>
    /// <exception cref="Storage.InconsistentStateException">Somebody else wrote since it was read.</exception>
    Task WriteStateAsync();

    /// <summary>Writes it, if nobody else did since it was read.</summary>
    /// <param name="cancellationToken">Stops waiting; storage may have it done or not.</param>
    Task WriteStateAsync(CancellationToken cancellationToken) => WriteStateAsync();

    /// <summary>Reads it anew and drops what was not written.</summary>
    Task ReadStateAsync();

    /// <summary>Reads it anew and drops what was not written.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task ReadStateAsync(CancellationToken cancellationToken) => ReadStateAsync();
}

/// <summary>One state of a grain in storage.</summary>
/// <typeparam name="TState">Its class: with a constructor without parameters.</typeparam>
public interface IStorage<TState> : IStorage
{
    /// <summary>The state. It was read before the grain's OnActivateAsync.</summary>
    TState State { get; set; }
}
