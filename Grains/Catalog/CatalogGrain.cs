using ClickSink.Grains.Interfaces.Catalog;
using Orleans.Runtime;

namespace ClickSink.Grains.Catalog;

/// <inheritdoc cref="ICatalogGrain" />
[GrainType("clicksink.CatalogGrain")]
public sealed class CatalogGrain : Grain, ICatalogGrain
{
    private readonly IPersistentState<CatalogState> _state;

    /// <summary>Made by the runtime.</summary>
    public CatalogGrain([PersistentState("catalog", StorageNames.State)] IPersistentState<CatalogState> state) => _state = state;

    /// <inheritdoc />
    public Task<string[]> ListAsync(CancellationToken cancellation = default) => Task.FromResult(_state.State.Pipelines.Order(StringComparer.Ordinal).ToArray());

    /// <inheritdoc />
    public async Task AddAsync(string id, CancellationToken cancellation = default)
    {
        if (_state.State.Pipelines.Contains(id)) return;
        _state.State.Pipelines.Add(id);
        await WriteAsync(undo: () => _state.State.Pipelines.Remove(id));
    }

    /// <inheritdoc />
    public async Task RemoveAsync(string id, CancellationToken cancellation = default)
    {
        if (!_state.State.Pipelines.Remove(id)) return;
        await WriteAsync(undo: () => _state.State.Pipelines.Add(id));
    }

    // What is not stored must not be seen: a failed write leaves the list as it was.
    private async Task WriteAsync(Action undo)
    {
        try
        {
            await _state.WriteStateAsync();
        }
        catch
        {
            undo();
            throw;
        }
    }
}
