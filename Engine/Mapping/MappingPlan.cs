using System.Diagnostics.CodeAnalysis;
using ClickSink.Engine.Columns;
using ClickSink.Engine.Columns.Parsing;
using ClickSink.Engine.Pipelines;

namespace ClickSink.Engine.Mapping;

/// <summary>A mapping, checked and compiled. Immutable; shared by the workers of a pipeline.</summary>
public sealed class MappingPlan
{
    private readonly ColumnPlan[] _columns;

    internal MappingPlan(ColumnPlan[] columns, int? restColumn = null)
    {
        _columns = columns;
        RestColumn = restColumn;
    }

    /// <summary>The columns, in the order in which they are sent.</summary>
    public IReadOnlyList<ColumnPlan> Columns => _columns;

    /// <summary>The position of the column that takes the fields that no other takes; null if there is none.</summary>
    public int? RestColumn { get; }

    /// <summary>What happens with fields that nobody maps.</summary>
    public UnknownPolicy Unknown { get; private init; }

    /// <summary>How many columns may be added in all for fields that nobody maps.</summary>
    public int MaxAdded { get; private init; }

    /// <summary>Compiles a mapping.</summary>
    /// <param name="options">The mapping as written.</param>
    /// <param name="plan">The plan; null if there are faults.</param>
    /// <param name="faults">Gets every fault, with paths that begin at the mapping, such as <c>columns[2].type</c>.</param>
    /// <returns>Whether there are no faults.</returns>
    public static bool TryCompile(MappingOptions options, [NotNullWhen(true)] out MappingPlan? plan, ICollection<Fault> faults)
    {
        int before = faults.Count;
        if (options.Columns.Count == 0) faults.Add(new Fault("columns", null, "at least one column is needed"));

        var columns = new ColumnPlan[options.Columns.Count];
        HashSet<string> names = new(StringComparer.Ordinal);
        for (int i = 0; i < columns.Length; i++) columns[i] = Compile(options.Columns[i], $"columns[{i}]", names, faults);

        int rest = options.Rest is null ? -1 : CompileRest(options, columns, faults);
        if (options.Unknown is UnknownPolicy.Keep && options.Rest is null) faults.Add(new Fault("unknown", "keep", "needs rest: the name of the column that the fields are kept in"));
        if (options.Rest is not null && options.Unknown is UnknownPolicy.Ignore or UnknownPolicy.Reject)
            faults.Add(new Fault("rest", options.Rest, "takes the fields that nobody maps, so unknown must be keep or add"));
        plan = faults.Count == before ? new MappingPlan(columns, rest < 0 ? null : rest) { Unknown = UnknownOf(options), MaxAdded = options.MaxAdded } : null;
        return plan is not null;
    }

    /// <summary>Makes an empty block with this plan's columns. Whoever holds it disposes it.</summary>
    /// <param name="pool">Where its memory comes from; null for the shared pool.</param>
    public ColumnBlock CreateBlock(BufferPool? pool = null)
    {
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("Columns are held in ClickHouse's wire form, which this big-endian machine does not share.");

        BufferPool memory = pool ?? BufferPool.Shared;
        return new ColumnBlock(this,
            Array.ConvertAll(_columns, column => ColumnFactory.Create(column.Name, column.Type, memory, column.Timestamps)), memory);
    }

    private static ColumnPlan Compile(ColumnMapping mapping, string place, HashSet<string> names, ICollection<Fault> faults)
    {
        if (mapping.Name.Length == 0)
            faults.Add(new Fault($"{place}.name", mapping.Name, "a column needs a name"));
        else if (!names.Add(mapping.Name))
            faults.Add(new Fault($"{place}.name", mapping.Name, "a table has one column of a name; another column above has this one"));

        if (!ColumnType.TryParse(mapping.Type, out ColumnType? type, out string? typeError))
            faults.Add(new Fault($"{place}.type", mapping.Type, typeError));

        MappingPath? path = null;
        string source = mapping.Path ?? mapping.Name;
        if (source.Length > 0 && !MappingPath.TryParse(source, out path, out string? pathError))
            faults.Add(new Fault($"{place}.path", mapping.Path ?? mapping.Name, pathError));
        if (mapping.Path is "") faults.Add(new Fault($"{place}.path", "", "a path needs a key; leave it out to take the column's name"));

        if (type is not null && mapping.Missing == MissingPolicy.Null && !type.IsNullable)
            faults.Add(new Fault($"{place}.missing", "null", $"{type} has no null: make the type Nullable, or choose default or reject"));

        MissingPolicy missing = mapping.Missing ?? (type is { IsNullable: true } ? MissingPolicy.Null : MissingPolicy.Default);
        TimestampOptions timestamps = CompileTimestamps(mapping, type, path, place, faults);
        return new ColumnPlan(mapping.Name, type!, path!, missing, mapping.Stored) { Timestamps = timestamps, Added = mapping.Added };
    }

    private static TimestampOptions CompileTimestamps(ColumnMapping mapping, ColumnType? type, MappingPath? path, string place,
        ICollection<Fault> faults)
    {
        if (!TimestampFormat.TryParse(mapping.Format, out TimestampFormat? format, out string? error))
            faults.Add(new Fault($"{place}.format", mapping.Format, error));
        else if (mapping.Format is not null && type is not null && !type.Any(IsDate))
            faults.Add(new Fault($"{place}.format", mapping.Format, $"{type} holds no timestamps and no dates"));
        else if (mapping.Format is not null && path?.Metadata is not null)
            faults.Add(new Fault($"{place}.format", mapping.Format, $"{path} is no text of the message; it has a form of its own"));

        if (mapping.Zone is not null && !TimeZoneInfo.TryFindSystemTimeZoneById(mapping.Zone, out _))
            faults.Add(new Fault($"{place}.zone", mapping.Zone, "is not known to this machine; give an IANA name such as Europe/Berlin"));
        else if (mapping.Zone is not null && type is not null && !type.Any(inner => inner.Kind is TypeKind.DateTime or TypeKind.DateTime64))
            faults.Add(new Fault($"{place}.zone", mapping.Zone, $"{type} holds no timestamps"));
        return new TimestampOptions(format, mapping.Zone);
    }

    private static bool IsDate(ColumnType type) =>
        type.Kind is TypeKind.Date or TypeKind.Date32 or TypeKind.DateTime or TypeKind.DateTime64;

    private static UnknownPolicy UnknownOf(MappingOptions options)
    {
        var policy = options.Unknown ?? (options.Rest is null ? UnknownPolicy.Ignore : UnknownPolicy.Keep);
        // No room is left, but there is another place for the fields.
        var isFull = policy is UnknownPolicy.Add && options.Columns.Count(column => column.Added) >= options.MaxAdded;
        return isFull && options.Rest is not null ? UnknownPolicy.Keep : policy;
    }

    private static int CompileRest(MappingOptions options, ColumnPlan[] columns, ICollection<Fault> faults)
    {
        int rest = Array.FindIndex(columns, column => column.Name == options.Rest);
        if (rest < 0)
        {
            faults.Add(new Fault("rest", options.Rest, "must be the name of one of the columns"));
            return rest;
        }

        if (options.Columns[rest].Path is { } path)
            faults.Add(new Fault($"columns[{rest}].path", path, "this column takes the unmapped fields (mapping.rest), so it has no path"));
        ColumnType? type = columns[rest].Type;
        if (type is not null && !IsForObjects(type))
            faults.Add(new Fault($"columns[{rest}].type", type.ToString(),
                "the column of the unmapped fields must be JSON, String, Map or Dynamic"));
        columns[rest] = columns[rest] with { Path = MappingPath.Rest };
        return rest;
    }

    private static bool IsForObjects(ColumnType type) =>
        type.Kind is TypeKind.Json or TypeKind.String or TypeKind.Map or TypeKind.Dynamic
            || (type.Kind is not TypeKind.Array && type.Element is { } element && IsForObjects(element));
}
