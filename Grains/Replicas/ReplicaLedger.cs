using ClickSink.Engine.Delivery;
using Orleans.Runtime;
using Orleans.Storage;

namespace ClickSink.Grains.Replicas;

/// <summary>
/// The ledger of one worker. A change is queued as a turn of the activation, so the worker's threads never touch grain state, and it reaches this very
/// activation: a call by grain reference could reach its successor.
/// </summary>
internal sealed class ReplicaLedger : ILedger
{
    private readonly IPersistentState<ReplicaState> _state;
    private readonly SemaphoreSlim _writing;
    private readonly TaskScheduler _activation;
    private readonly Action _onLost;
    private bool _closed;

    /// <param name="state">The replica's state.</param>
    /// <param name="writing">Held by whoever writes the state: two writes at once would fail each other's condition.</param>
    /// <param name="activation">The scheduler of the activation.</param>
    /// <param name="onLost">Called in a turn when another owner has written.</param>
    public ReplicaLedger(IPersistentState<ReplicaState> state, SemaphoreSlim writing, TaskScheduler activation, Action onLost)
    {
        _state = state;
        _writing = writing;
        _activation = activation;
        _onLost = onLost;
    }

    /// <inheritdoc />
    public Task CommitAsync(LedgerChange change, CancellationToken cancellation) =>
        Task.Factory.StartNew(() => CommitInTurnAsync(change, cancellation), cancellation, TaskCreationOptions.DenyChildAttach, _activation).Unwrap();

    /// <summary>Refuses every further change: the worker has ended, or is about to be replaced. Called in a turn.</summary>
    public void Close() => _closed = true;

    private async Task CommitInTurnAsync(LedgerChange change, CancellationToken cancellation)
    {
        await _writing.WaitAsync(cancellation);
        try
        {
            if (_closed || _state.State.Drained) throw new LedgerLostException("the replica was drained meanwhile");
            var before = _state.State.Partitions;
            _state.State.Partitions = LedgerBook.Apply(before, change);
            try
            {
                await _state.WriteStateAsync();
            }
            catch (InconsistentStateException e)
            {
                _onLost();
                throw new LedgerLostException("its ledger was written by another activation", e);
            }
            catch (Exception e)
            {
                // Whatever the provider throws when PostgreSQL is away. What is not known to be stored must not be seen; the same change comes again.
                _state.State.Partitions = before;
                throw new LedgerUnavailableException($"the progress cannot be stored in PostgreSQL: {e.Message}", e);
            }
        }
        finally
        {
            _writing.Release();
        }
    }
}
