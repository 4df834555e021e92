using System.Text;
using ClickSink.Engine.Columns;
using ClickSink.Engine.Formats.Transcoding;
using ClickSink.Engine.Mapping;

namespace ClickSink.Engine.Formats.Debezium;

/// <summary>What has to be rewritten in a row, as a tree of its fields: a node for each value that is rewritten, or holds some that are.</summary>
internal sealed class ValueConversion
{
    private readonly List<KeyValuePair<byte[], ValueConversion>> _members = [];

    /// <summary>What the value stands for.</summary>
    public LogicalType Logical { get; init; }

    /// <summary>The scale of a decimal.</summary>
    public int Scale { get; init; }

    /// <summary>Whether the value is an object of a scale and the digits of a decimal.</summary>
    public bool IsVariableDecimal { get; init; }

    /// <summary>What becomes of the elements of an array.</summary>
    public ValueConversion? Items { get; set; }

    /// <summary>What becomes of a map's values, whatever their keys are.</summary>
    public ValueConversion? AllMembers { get; init; }

    /// <summary>Whether anything inside of an object is rewritten.</summary>
    public bool HasMembers => _members.Count > 0 || AllMembers is not null;

    /// <summary>The decimals of a mapping, for events that come without a schema: each has the scale of its column.</summary>
    public static ValueConversion? DecimalsOf(MappingPlan plan)
    {
        var root = new ValueConversion();
        foreach (ColumnPlan column in plan.Columns)
        {
            ColumnType type = column.Type;
            while (type.Kind is TypeKind.Nullable or TypeKind.LowCardinality) type = type.Element!;
            // What is taken out of an array by its position is left alone.
            if (type.Kind != TypeKind.Decimal || column.Path.Segments.Count == 0 || column.Path.Segments.Any(segment => segment.Key is null)) continue;
            ValueConversion node = root;
            for (int i = 0; i < column.Path.Segments.Count - 1; i++) node = node.GetOrAdd(column.Path.Segments[i].Key!);
            node.Add(column.Path.Segments[^1].Key!, new ValueConversion { Logical = LogicalType.Decimal, Scale = type.Scale });
        }

        return root.HasMembers ? root : null;
    }

    /// <summary>Adds what becomes of a member.</summary>
    public void Add(string name, ValueConversion conversion)
    {
        if (Find(Encoding.UTF8.GetBytes(name)) is null) _members.Add(new(Encoding.UTF8.GetBytes(name), conversion));
    }

    /// <summary>What becomes of a member; null if nothing does.</summary>
    public ValueConversion? Find(ReadOnlySpan<byte> name)
    {
        foreach ((byte[] known, ValueConversion conversion) in _members)
        {
            if (name.SequenceEqual(known)) return conversion;
        }

        return AllMembers;
    }

    private ValueConversion GetOrAdd(string name)
    {
        if (Find(Encoding.UTF8.GetBytes(name)) is { } known) return known;
        var node = new ValueConversion();
        Add(name, node);
        return node;
    }
}
