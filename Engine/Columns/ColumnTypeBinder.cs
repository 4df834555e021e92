using System.Diagnostics.CodeAnalysis;

namespace ClickSink.Engine.Columns;

/// <summary>Gives the syntax of a type its meaning: known names, and the rules for their arguments.</summary>
internal static class ColumnTypeBinder
{
    private const int MaxDecimalPrecision = 76;
    private const int MaxFractionDigits = 9;
    private const int DefaultFractionDigits = 3;

    private static readonly Dictionary<string, TypeKind> PlainTypes = new()
    {
        ["String"] = TypeKind.String,
        ["Int8"] = TypeKind.Int8,
        ["Int16"] = TypeKind.Int16,
        ["Int32"] = TypeKind.Int32,
        ["Int64"] = TypeKind.Int64,
        ["UInt8"] = TypeKind.UInt8,
        ["UInt16"] = TypeKind.UInt16,
        ["UInt32"] = TypeKind.UInt32,
        ["UInt64"] = TypeKind.UInt64,
        ["Float32"] = TypeKind.Float32,
        ["Float64"] = TypeKind.Float64,
        ["Bool"] = TypeKind.Bool,
        ["Date"] = TypeKind.Date,
        ["UUID"] = TypeKind.Uuid,
    };

    private static readonly Dictionary<string, int> SizedDecimals = new()
    {
        ["Decimal32"] = 9,
        ["Decimal64"] = 18,
        ["Decimal128"] = 38,
        ["Decimal256"] = 76,
    };

    public static bool TryBind(string text, [NotNullWhen(true)] out ColumnType? type, [NotNullWhen(false)] out string? error)
    {
        const string NotAType = "is not written as a ClickHouse type: a name, perhaps with arguments in parentheses";
        TypeSyntax? syntax = TypeSyntax.Parse(text);
        string? reason = NotAType;
        type = syntax is null ? null : Bind(syntax, out reason);
        error = type is null ? reason ?? NotAType : null;
        return type is not null;
    }

    private static ColumnType? Bind(TypeSyntax syntax, out string? error)
    {
        error = null;
        if (!syntax.IsText && PlainTypes.TryGetValue(syntax.Name, out TypeKind kind))
        {
            if (syntax.Arguments is null) return new ColumnType { Kind = kind };
            error = $"{syntax.Name} takes no arguments";
            return null;
        }

        return syntax switch
        {
            { IsText: true } => Fail("a quoted text stands where a type is needed", out error),
            { Name: "DateTime" } => BindDateTime(syntax, out error),
            { Name: "DateTime64" } => BindDateTime64(syntax, out error),
            { Name: "Decimal" } => BindDecimal(syntax, out error),
            { Name: "Nullable" } => BindNullable(syntax, out error),
            { Name: "LowCardinality" } => BindLowCardinality(syntax, out error),
            _ when SizedDecimals.TryGetValue(syntax.Name, out int precision) => BindSizedDecimal(syntax, precision, out error),
            _ => Fail($"\"{syntax.Name}\" is not a type that columns can be built for; known are {KnownNames()}", out error),
        };
    }

    private static ColumnType? BindDateTime(TypeSyntax syntax, out string? error)
    {
        if (syntax.Arguments is null) return Ok(new ColumnType { Kind = TypeKind.DateTime }, out error);
        if (syntax.Arguments is not [{ IsText: true } zone]) return Fail("DateTime takes a time zone in quotes, or nothing", out error);
        return WithZone(new ColumnType { Kind = TypeKind.DateTime }, zone.Name, out error);
    }

    private static ColumnType? BindDateTime64(TypeSyntax syntax, out string? error)
    {
        IReadOnlyList<TypeSyntax> arguments = syntax.Arguments ?? [];
        int precision = arguments.Count == 0 ? DefaultFractionDigits : arguments[0].Number;
        if (arguments.Count > 2 || precision is < 0 or > MaxFractionDigits || (arguments.Count == 2 && !arguments[1].IsText))
            return Fail($"DateTime64 takes the digits of the second's fraction, 0 to {MaxFractionDigits}, and perhaps a time zone in quotes", out error);

        var type = new ColumnType { Kind = TypeKind.DateTime64, Precision = precision };
        return arguments.Count == 2 ? WithZone(type, arguments[1].Name, out error) : Ok(type, out error);
    }

    private static ColumnType? WithZone(ColumnType type, string zone, out string? error) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)
            ? Ok(type with { TimeZone = zone }, out error)
            : Fail($"the time zone \"{zone}\" is not known to this machine; give an IANA name such as Europe/Berlin", out error);

    private static ColumnType? BindDecimal(TypeSyntax syntax, out string? error)
    {
        IReadOnlyList<TypeSyntax> arguments = syntax.Arguments ?? [];
        int precision = arguments.Count is 1 or 2 ? arguments[0].Number : -1;
        int scale = arguments.Count == 2 ? arguments[1].Number : 0;
        return MakeDecimal(precision, scale, $"Decimal takes its precision, 1 to {MaxDecimalPrecision}, and its scale, 0 to the precision", out error);
    }

    private static ColumnType? BindSizedDecimal(TypeSyntax syntax, int precision, out string? error)
    {
        int scale = syntax.Arguments is [TypeSyntax argument] ? argument.Number : -1;
        return MakeDecimal(precision, scale, $"{syntax.Name} takes its scale, 0 to {precision}", out error);
    }

    private static ColumnType? MakeDecimal(int precision, int scale, string rule, out string? error)
    {
        if (precision is < 1 or > MaxDecimalPrecision || scale < 0 || scale > precision) return Fail(rule, out error);
        return Ok(new ColumnType { Kind = TypeKind.Decimal, Precision = precision, Scale = scale }, out error);
    }

    private static ColumnType? BindNullable(TypeSyntax syntax, out string? error)
    {
        if (syntax.Arguments is not [TypeSyntax inner]) return Fail("Nullable takes one type", out error);
        ColumnType? element = Bind(inner, out error);
        if (element is null) return null;
        if (element.Kind is TypeKind.Nullable or TypeKind.LowCardinality)
            return Fail($"Nullable cannot hold {element.Kind}; LowCardinality(Nullable(...)) is the order that ClickHouse takes", out error);
        return Ok(new ColumnType { Kind = TypeKind.Nullable, Element = element }, out error);
    }

    private static ColumnType? BindLowCardinality(TypeSyntax syntax, out string? error)
    {
        if (syntax.Arguments is not [TypeSyntax inner]) return Fail("LowCardinality takes one type", out error);
        ColumnType? element = Bind(inner, out error);
        if (element is null) return null;
        ColumnType value = element.Kind == TypeKind.Nullable ? element.Element! : element;
        if (value.Kind != TypeKind.String) return Fail("LowCardinality is built for String and Nullable(String) only", out error);
        return Ok(new ColumnType { Kind = TypeKind.LowCardinality, Element = element }, out error);
    }

    private static ColumnType Ok(ColumnType type, out string? error)
    {
        error = null;
        return type;
    }

    private static ColumnType? Fail(string message, out string? error)
    {
        error = message;
        return null;
    }

    private static string KnownNames() =>
        string.Join(", ", PlainTypes.Keys.Concat(["DateTime", "DateTime64", "Decimal", "Nullable", "LowCardinality"]));
}
