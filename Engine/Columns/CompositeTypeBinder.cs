namespace ClickSink.Engine.Columns;

/// <summary>Types that are made of other types, and those that take any value. Each rule is the server's own.</summary>
internal static class CompositeTypeBinder
{
    private const string SimpleAggregate = "SimpleAggregateFunction";

    private static readonly Dictionary<string, string> Shapes = new()
    {
        ["Point"] = "Tuple(Float64, Float64)",
        ["Ring"] = "Array(Point)",
        ["LineString"] = "Array(Point)",
        ["MultiLineString"] = "Array(LineString)",
        ["Polygon"] = "Array(Ring)",
        ["MultiPolygon"] = "Array(Polygon)",
    };

    /// <summary>The names that are bound here.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["Nullable", "LowCardinality", "Array", "Tuple", "Nested", "Map", "JSON", "Variant", "Dynamic", SimpleAggregate, .. Shapes.Keys];

    /// <summary>Binds a type if its name is one of <see cref="Names"/>.</summary>
    /// <returns>Whether it is; the type is null then if its arguments break a rule.</returns>
    public static bool TryBind(TypeSyntax syntax, out ColumnType? type, out string? error)
    {
        error = null;
        type = syntax.Name switch
        {
            "Nullable" => BindNullable(syntax, out error),
            "LowCardinality" => BindLowCardinality(syntax, out error),
            "Array" => BindInner(syntax, TypeKind.Array, 1, "Array takes one type", out error),
            "Tuple" => BindTuple(syntax, out error),
            "Nested" => BindNested(syntax, out error),
            "Map" => BindMap(syntax, out error),
            "Variant" => BindVariant(syntax, out error),
            "JSON" => BindOpen(TypeKind.Json, syntax, out error),
            "Dynamic" => BindOpen(TypeKind.Dynamic, syntax, out error),
            SimpleAggregate => BindSimpleAggregate(syntax, out error),
            _ when Shapes.TryGetValue(syntax.Name, out string? shape) => BindShape(syntax, shape, out error),
            _ => null,
        };
        return Names.Contains(syntax.Name);
    }

    private static ColumnType BindOpen(TypeKind kind, TypeSyntax syntax, out string? error) =>
        ColumnTypeBinder.Ok(new ColumnType { Kind = kind, Parameters = syntax.Inside is "" ? null : syntax.Inside }, out error);

    private static ColumnType? BindNullable(TypeSyntax syntax, out string? error)
    {
        ColumnType? type = BindInner(syntax, TypeKind.Nullable, 1, "Nullable takes one type", out error);
        if (type is not { Element: { } element }) return null;
        if (element.Kind is TypeKind.LowCardinality)
            return ColumnTypeBinder.Fail("Nullable cannot hold LowCardinality; LowCardinality(Nullable(...)) is the order that ClickHouse takes", out error);
        return element.IsNullable || element.IsComposite
            ? ColumnTypeBinder.Fail($"Nullable cannot hold {element.Kind}", out error)
            : type;
    }

    private static ColumnType? BindLowCardinality(TypeSyntax syntax, out string? error)
    {
        ColumnType? type = BindInner(syntax, TypeKind.LowCardinality, 1, "LowCardinality takes one type", out error);
        if (type is not { Element: { } element }) return null;
        TypeKind value = element.Kind == TypeKind.Nullable ? element.Element!.Kind : element.Kind;
        bool fits = value <= TypeKind.DateTime
            || value is (>= TypeKind.Int128 and <= TypeKind.Time) or TypeKind.Uuid or TypeKind.Ipv4 or TypeKind.Ipv6;
        return fits
            ? type
            : ColumnTypeBinder.Fail($"LowCardinality cannot hold {value}: it is for texts, numbers, dates, UUIDs and addresses", out error);
    }

    private static ColumnType? BindTuple(TypeSyntax syntax, out string? error)
    {
        ColumnType? type = BindInner(syntax, TypeKind.Tuple, 0, "Tuple takes at least one type", out error);
        if (type is null) return null;
        int named = type.Elements.Count(element => element.Name is not null);
        if (named > 0 && named < type.Elements.Count)
            return ColumnTypeBinder.Fail("Tuple has names for all of its types or for none", out error);
        return HasTwice(type) is { } name ? ColumnTypeBinder.Fail($"Tuple has the name {name} twice", out error) : type;
    }

    private static ColumnType? BindNested(TypeSyntax syntax, out string? error)
    {
        ColumnType? type = BindInner(syntax, TypeKind.Nested, 0, "Nested takes at least one field: a name and a type", out error);
        if (type is null) return null;
        if (type.Elements.Any(element => element.Name is null))
            return ColumnTypeBinder.Fail("Nested takes fields: a name and a type each", out error);
        return HasTwice(type) is { } name ? ColumnTypeBinder.Fail($"Nested has the name {name} twice", out error) : type;
    }

    private static string? HasTwice(ColumnType type) =>
        type.Elements.Where(element => element.Name is not null).GroupBy(element => element.Name).FirstOrDefault(group => group.Count() > 1)?.Key;

    private static ColumnType? BindMap(TypeSyntax syntax, out string? error)
    {
        ColumnType? type = BindInner(syntax, TypeKind.Map, 2, "Map takes a key type and a value type", out error);
        if (type is null) return null;
        ColumnType key = type.Elements[0].Type;
        return key.IsNullable || key.IsComposite || key.Kind == TypeKind.Json
            ? ColumnTypeBinder.Fail($"Map cannot have keys of {key}", out error)
            : type;
    }

    private static ColumnType? BindVariant(TypeSyntax syntax, out string? error)
    {
        ColumnType? type = BindInner(syntax, TypeKind.Variant, 0, "Variant takes at least one type", out error);
        if (type is null) return null;
        if (type.Elements.FirstOrDefault(element => element.Type.IsNullable) is { } nullable)
            return ColumnTypeBinder.Fail($"Variant cannot hold {nullable.Type}: it has a null of its own", out error);
        return type.Elements.DistinctBy(element => element.Type).Count() < type.Elements.Count
            ? ColumnTypeBinder.Fail("Variant has a type twice", out error)
            : type;
    }

    private static ColumnType? BindSimpleAggregate(TypeSyntax syntax, out string? error)
    {
        if (syntax.Arguments is not [{ IsText: false } function, TypeSyntax inner])
            return ColumnTypeBinder.Fail($"{SimpleAggregate} takes a function and one type", out error);
        ColumnType? type = ColumnTypeBinder.Bind(inner, out error);
        return type is null ? null : Rename(type, $"{SimpleAggregate}({function.Name}, {type})");
    }

    private static ColumnType? BindShape(TypeSyntax syntax, string shape, out string? error)
    {
        if (syntax.Arguments is not null) return ColumnTypeBinder.Fail($"{syntax.Name} takes no arguments", out error);
        return ColumnTypeBinder.TryBind(shape, out ColumnType? type, out error) ? Rename(type, syntax.Name) : null;
    }

    private static ColumnType Rename(ColumnType type, string alias) => new()
    {
        Kind = type.Kind,
        Alias = alias,
        Precision = type.Precision,
        Scale = type.Scale,
        Length = type.Length,
        TimeZone = type.TimeZone,
        Parameters = type.Parameters,
        Names = type.Names,
        Elements = type.Elements,
    };

    private static ColumnType? BindInner(TypeSyntax syntax, TypeKind kind, int count, string rule, out string? error)
    {
        if (syntax.Arguments is not { Count: > 0 } arguments || (count > 0 && arguments.Count != count))
            return ColumnTypeBinder.Fail(rule, out error);
        List<TypeElement> elements = [];
        foreach (TypeSyntax argument in arguments)
        {
            ColumnType? type = ColumnTypeBinder.Bind(argument, out error);
            if (type is null) return null;
            if (argument.Label is not null && kind is not (TypeKind.Tuple or TypeKind.Nested))
                return ColumnTypeBinder.Fail(rule, out error);
            elements.Add(new TypeElement(argument.Label, type));
        }

        return ColumnTypeBinder.Ok(new ColumnType { Kind = kind, Elements = elements }, out error);
    }
}
