using Orleans.Runtime;

namespace Orleans.Standin.Storage;

/// <summary>A state as storage has it; no payload where it was cleared or never written.</summary>
internal sealed record StoredState(byte[]? Payload, string? Etag);

/// <summary>A storage provider: bytes under a state's name and a grain's key, each write against the version that was read.</summary>
internal interface IStateStore
{
    Task<StoredState> ReadAsync(string stateName, GrainId grain);

    /// <summary>Writes and answers the new version.</summary>
    /// <exception cref="Orleans.Storage.InconsistentStateException">Storage has another version.</exception>
    Task<string> WriteAsync(string stateName, GrainId grain, byte[] payload, string? etag);

    /// <summary>Clears and answers the new version; null where the row is gone.</summary>
    /// <exception cref="Orleans.Storage.InconsistentStateException">Storage has another version.</exception>
    Task<string?> ClearAsync(string stateName, GrainId grain, string etag);
}
