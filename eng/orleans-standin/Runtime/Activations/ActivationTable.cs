using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Orleans.Runtime;

namespace Orleans.Standin.Runtime;

/// <summary>The activations of this silo.</summary>
internal sealed class ActivationTable
{
    private readonly ConcurrentDictionary<GrainId, Activation> _activations = new();
    private readonly GrainClassTable _classes;
    private readonly ActivationServices _services;
    private volatile bool _closed;

    public ActivationTable(GrainClassTable classes, ActivationServices services) => (_classes, _services) = (classes, services);

    public IEnumerable<Activation> All => _activations.Values;

    public bool TryFind(GrainId grain, [NotNullWhen(true)] out Activation? activation) => _activations.TryGetValue(grain, out activation);

    /// <summary>The grain's activation, started now if need be; null when this silo stops or has no such class.</summary>
    public Activation? FindOrStart(GrainId grain)
    {
        while (true)
        {
            if (TryFind(grain, out var known))
                return known;
            if (_closed || _classes.Find(grain.Type) is not { } grainClass)
                return null;

            var activation = new Activation(grain, grainClass, _services);
            if (!_activations.TryAdd(grain, activation))
                continue;
            if (_closed)
            {
                // Closed in between: whoever closes may have seen an empty table already.
                activation.Refuse();
                return null;
            }

            activation.Start();
            return activation;
        }
    }

    public void Remove(Activation activation) => _activations.TryRemove(new(activation.GrainId, activation));

    /// <summary>Starts no more activations and ends those that there are.</summary>
    public async Task CloseAsync(DeactivationReason reason, CancellationToken cancellation)
    {
        _closed = true;
        while (!_activations.IsEmpty && !cancellation.IsCancellationRequested)
        {
            var all = _activations.Values.ToList();
            all.ForEach(activation => activation.Deactivate(reason, cancellation));
            await Task.WhenAll(all.Select(activation => activation.Deactivated)).WaitAsync(cancellation)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
