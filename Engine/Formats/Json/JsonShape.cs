using System.Text;
using ClickSink.Engine.Columns;

namespace ClickSink.Engine.Formats.Json;

/// <summary>How the reader walks into the values of a column that is made of others. A column of single values has none.</summary>
internal sealed class JsonShape
{
    private JsonShape(ColumnShape kind, bool rejectsMissing)
    {
        Kind = kind;
        RejectsMissing = rejectsMissing;
    }

    /// <summary>What the values look like.</summary>
    public ColumnShape Kind { get; }

    /// <summary>
    /// Whether a null or a missing field inside of the value rejects the row, where the type has no null; else it becomes the default.
    /// </summary>
    public bool RejectsMissing { get; }

    /// <summary>The shapes inside: of a list its values, of a map its values, of a record its fields; null for single values.</summary>
    public JsonShape?[] Inside { get; private init; } = [];

    /// <summary>The keys of a record with names; null if it has none.</summary>
    public JsonKeyTable? Keys { get; private init; }

    /// <summary>The shape of a type; null for single values.</summary>
    public static JsonShape? For(ColumnType type, bool rejectsMissing) => type.Kind switch
    {
        TypeKind.Array => new JsonShape(ColumnShape.List, rejectsMissing) { Inside = [For(type.Elements[0].Type, rejectsMissing)] },
        TypeKind.Map => new JsonShape(ColumnShape.Map, rejectsMissing) { Inside = [For(type.Elements[1].Type, rejectsMissing)] },
        TypeKind.Nested => new JsonShape(ColumnShape.List, rejectsMissing) { Inside = [ForFields(type, rejectsMissing)] },
        TypeKind.Tuple => ForFields(type, rejectsMissing),
        _ => null,
    };

    private static JsonShape ForFields(ColumnType type, bool rejectsMissing) => new(ColumnShape.Record, rejectsMissing)
    {
        Inside = [.. type.Elements.Select(element => For(element.Type, rejectsMissing))],
        Keys = type.Elements[0].Name is null ? null : MakeKeys(type),
    };

    private static JsonKeyTable MakeKeys(ColumnType type)
    {
        var keys = new JsonKeyTable();
        for (int field = 0; field < type.Elements.Count; field++) keys.GetOrAdd(Encoding.UTF8.GetBytes(type.Elements[field].Name!)).AddColumn(field);
        return keys;
    }
}
