using ClickSink.Engine.Mapping;
using ClickSink.Engine.Mapping.Inference;
using ClickSink.Grains.Interfaces.Replicas;

namespace ClickSink.Grains.Pipelines;

/// <summary>Decides which columns the next version of a document has for fields that nobody mapped.</summary>
internal static class ColumnGrowth
{
    /// <summary>
    /// The columns that replicas ask for and the document does not have: the same field of several replicas is one column.
    /// </summary>
    /// <param name="mapping">The mapping of the present version.</param>
    /// <param name="replicas">The replicas as they were seen last.</param>
    public static IReadOnlyList<ColumnMapping> Decide(MappingOptions mapping, IEnumerable<ReplicaStatus> replicas)
    {
        if (mapping.Unknown is not UnknownPolicy.Add) return [];
        var paths = mapping.Columns.Select(column => column.Path ?? column.Name).ToHashSet(StringComparer.Ordinal);
        var names = mapping.Columns.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        var found = new Dictionary<string, ColumnMapping>(StringComparer.Ordinal);
        foreach (var asked in replicas.SelectMany(replica => replica.NewColumns))
        {
            // A replica that has not heard of the present version yet.
            if (paths.Contains(asked.Path)) continue;
            if (found.TryGetValue(asked.Path, out var same))
            {
                found[asked.Path] = same with { Type = NewColumns.Join(same.Type, asked.Type) };
                continue;
            }

            var name = asked.Name;
            for (var number = 2; !names.Add(name); number++) name = $"{asked.Name}_{number}";
            found[asked.Path] = new ColumnMapping { Name = name, Type = asked.Type, Path = asked.Path == name ? null : asked.Path, Added = true };
        }

        var room = mapping.MaxAdded - mapping.Columns.Count(column => column.Added);
        return [.. found.Values.Take(Math.Max(0, room))];
    }

    /// <summary>The columns in words, for the event.</summary>
    public static string Describe(IEnumerable<ColumnMapping> columns) =>
        string.Join(", ", columns.Select(column => $"{column.Name} {column.Type}{(column.Path is null ? "" : $" from {column.Path}")}"));
}
