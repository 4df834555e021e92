namespace ClickSink.Engine.Transforms;

/// <summary>The routes of a document and the sets of them that its rules name. A row carries the number of its set. Immutable.</summary>
internal sealed class RouteTable
{
    private readonly List<string> _names = [];
    private readonly List<int[]> _sets = [];

    /// <summary>The routes, in the order in which they are named first.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>How many routes a row goes at most.</summary>
    public int MaxCopies => _sets.Count == 0 ? 1 : _sets.Max(set => set.Length);

    /// <summary>Enters a set of routes and gives its number.</summary>
    public int Add(IEnumerable<string> names)
    {
        var set = new List<int>();
        foreach (var name in names.Distinct())
        {
            var number = _names.IndexOf(name);
            if (number < 0)
            {
                number = _names.Count;
                _names.Add(name);
            }

            set.Add(number);
        }

        _sets.Add([.. set]);
        return _sets.Count - 1;
    }

    /// <summary>Whether a set has a route.</summary>
    public bool Has(int set, int route) => Array.IndexOf(_sets[set], route) >= 0;
}
