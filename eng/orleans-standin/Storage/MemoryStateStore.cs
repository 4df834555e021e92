using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.Standin.Storage;

/// <summary>State in the memory of one silo: for tests and for clusters of one.</summary>
internal sealed class MemoryStateStore : IStateStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string, GrainId), (byte[]? Payload, int Version)> _states = [];

    public Task<StoredState> ReadAsync(string stateName, GrainId grain)
    {
        lock (_lock)
        {
            return Task.FromResult(_states.TryGetValue((stateName, grain), out var state)
                ? new StoredState(state.Payload, state.Version.ToString())
                : new StoredState(null, null));
        }
    }

    public Task<string> WriteAsync(string stateName, GrainId grain, byte[] payload, string? etag) =>
        Task.FromResult(Put(stateName, grain, payload, etag));

    public Task<string?> ClearAsync(string stateName, GrainId grain, string etag) =>
        Task.FromResult<string?>(Put(stateName, grain, null, etag));

    private string Put(string stateName, GrainId grain, byte[]? payload, string? etag)
    {
        lock (_lock)
        {
            var known = _states.TryGetValue((stateName, grain), out var state);
            var stored = known ? state.Version.ToString() : null;
            if (stored != etag)
                throw new InconsistentStateException($"The state \"{stateName}\" of {grain} was written elsewhere.", stored, etag);
            _states[(stateName, grain)] = (payload, state.Version + 1);
            return (state.Version + 1).ToString();
        }
    }
}
