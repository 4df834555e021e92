using Orleans.Runtime;

namespace Orleans.Standin.TestSilo;

public sealed partial class CounterGrain : Grain, ICounterGrain
{
    private readonly IPersistentState<CountState> _state;
    private readonly IPersistentState<CountState> _other;
    private int _adds;

    public CounterGrain(
        [PersistentState("count", "states")] IPersistentState<CountState> state,
        [PersistentState("count", "states")] IPersistentState<CountState> sameRow) => (_state, _other) = (state, sameRow);

    public async Task<int> Add(int amount)
    {
        _adds++;
        _state.State.Count += amount;
        _state.State.History.Add(RuntimeIdentity);
        await _state.WriteStateAsync();
        return _state.State.Count;
    }

    public Task<int> Get() => Task.FromResult(_state.State.Count);

    public Task<int> AddsSinceActivation() => Task.FromResult(_adds);

    public Task<string> Where() => Task.FromResult(RuntimeIdentity);

    public Task Clear() => _state.ClearStateAsync();

    public Task Deactivate()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task Migrate()
    {
        MigrateOnIdle();
        return Task.CompletedTask;
    }

    public async Task WriteTwice()
    {
        await _other.ReadStateAsync();
        await _other.WriteStateAsync();
        await _state.WriteStateAsync();
    }
}
