using System.Collections;

namespace ClickSink.Engine.Pipelines;

/// <summary>Gathers every fault of a document, so that its author sees all of them at once.</summary>
public sealed class FaultList : IReadOnlyList<Fault>
{
    private const int MaxValueLength = 200;
    private readonly List<Fault> _faults = [];

    /// <summary>How many faults were found.</summary>
    public int Count => _faults.Count;

    /// <summary>The fault at a position, in the order found.</summary>
    public Fault this[int index] => _faults[index];

    /// <summary>Adds a fault; of several at one place the first counts, since the others mostly follow from it.</summary>
    /// <param name="path">Place in the document.</param>
    /// <param name="value">What stands there; cut to 200 characters.</param>
    /// <param name="rule">What is expected there.</param>
    public void Add(string path, string? value, string rule)
    {
        if (!_faults.Exists(fault => fault.Path == path)) _faults.Add(new Fault(path, value is { Length: > MaxValueLength } ? value[..MaxValueLength] + "..." : value, rule));
    }

    /// <summary>Adds faults that were found elsewhere.</summary>
    public void AddRange(IEnumerable<Fault> faults)
    {
        foreach (var fault in faults) Add(fault.Path, fault.Value, fault.Rule);
    }

    /// <inheritdoc />
    public IEnumerator<Fault> GetEnumerator() => _faults.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
