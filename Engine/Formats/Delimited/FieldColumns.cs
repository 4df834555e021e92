using System.Text;
using ClickSink.Engine.Mapping;

namespace ClickSink.Engine.Formats.Delimited;

/// <summary>Which columns of the mapping take the n-th field of a record. Made anew only when a header differs from the last one.</summary>
internal sealed class FieldColumns
{
    private readonly Dictionary<string, int[]> _byName;

    public FieldColumns(MappingPlan plan) => _byName = plan.Columns
        .Select((column, position) => (column.Path, position)).Where(item => item.Path.Segments.Count == 1)
        .GroupBy(item => item.Path.Segments[0].Key!, item => item.position).ToDictionary(group => group.Key, group => group.ToArray());

    /// <summary>The fields' names, in their order.</summary>
    public List<byte[]> Names { get; } = [];

    /// <summary>The columns of each field.</summary>
    public List<int[]> Columns { get; } = [];

    /// <summary>Whether the n-th field was called so already.</summary>
    public bool IsCalled(int field, ReadOnlySpan<byte> name) => field < Names.Count && name.SequenceEqual(Names[field]);

    /// <summary>Names the n-th field; what was known of it and those behind it is forgotten.</summary>
    /// <returns>False if another field before it has the name.</returns>
    public bool TryName(int field, ReadOnlySpan<byte> name)
    {
        Cut(field);
        foreach (byte[] other in Names)
        {
            if (name.SequenceEqual(other)) return false;
        }

        Names.Add(name.ToArray());
        Columns.Add(_byName.GetValueOrDefault(Encoding.UTF8.GetString(name), []));
        return true;
    }

    /// <summary>Forgets the fields from a number on.</summary>
    public void Cut(int fields)
    {
        if (fields >= Names.Count) return;
        Names.RemoveRange(fields, Names.Count - fields);
        Columns.RemoveRange(fields, Columns.Count - fields);
    }
}
