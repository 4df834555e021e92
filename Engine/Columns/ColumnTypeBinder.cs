using System.Diagnostics.CodeAnalysis;

namespace ClickSink.Engine.Columns;

/// <summary>Gives the syntax of a type its meaning: known names, and the rules for their arguments.</summary>
internal static class ColumnTypeBinder
{
    private const int MaxDecimalPrecision = 76;
    private const int MaxFractionDigits = 9;
    private const int DefaultFractionDigits = 3;

    /// <summary>The most that the server takes, MAX_FIXEDSTRING_SIZE.</summary>
    private const int MaxFixedString = 0xFFFFFF;

    private static readonly Dictionary<string, TypeKind> PlainTypes = new()
    {
        ["String"] = TypeKind.String,
        ["Int8"] = TypeKind.Int8,
        ["Int16"] = TypeKind.Int16,
        ["Int32"] = TypeKind.Int32,
        ["Int64"] = TypeKind.Int64,
        ["Int128"] = TypeKind.Int128,
        ["Int256"] = TypeKind.Int256,
        ["UInt8"] = TypeKind.UInt8,
        ["UInt16"] = TypeKind.UInt16,
        ["UInt32"] = TypeKind.UInt32,
        ["UInt64"] = TypeKind.UInt64,
        ["UInt128"] = TypeKind.UInt128,
        ["UInt256"] = TypeKind.UInt256,
        ["Float32"] = TypeKind.Float32,
        ["Float64"] = TypeKind.Float64,
        ["BFloat16"] = TypeKind.BFloat16,
        ["Bool"] = TypeKind.Bool,
        ["Date"] = TypeKind.Date,
        ["Date32"] = TypeKind.Date32,
        ["Time"] = TypeKind.Time,
        ["UUID"] = TypeKind.Uuid,
        ["IPv4"] = TypeKind.Ipv4,
        ["IPv6"] = TypeKind.Ipv6,
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

    /// <summary>Binds a type or an argument that has to be one.</summary>
    public static ColumnType? Bind(TypeSyntax syntax, out string? error)
    {
        if (syntax is { IsText: true } or { Assigned: not null })
            return Fail("a quoted text or a setting stands where a type is needed", out error);
        if (PlainTypes.TryGetValue(syntax.Name, out TypeKind kind))
        {
            return syntax.Arguments is null
                ? Ok(new ColumnType { Kind = kind }, out error)
                : Fail($"{syntax.Name} takes no arguments", out error);
        }

        return syntax.Name switch
        {
            "DateTime" => BindDateTime(syntax, out error),
            "DateTime64" => BindDateTime64(syntax, out error),
            "Time64" => BindTime64(syntax, out error),
            "Decimal" => BindDecimal(syntax, out error),
            "FixedString" => BindFixedString(syntax, out error),
            "Enum8" or "Enum16" or "Enum" => EnumTypeBinder.Bind(syntax, out error),
            _ when SizedDecimals.TryGetValue(syntax.Name, out int precision) => BindSizedDecimal(syntax, precision, out error),
            _ => CompositeTypeBinder.TryBind(syntax, out ColumnType? type, out error)
                ? type
                : Fail($"\"{syntax.Name}\" is not a type that columns can be built for; known are {KnownNames()}", out error),
        };
    }

    public static ColumnType Ok(ColumnType type, out string? error)
    {
        error = null;
        return type;
    }

    public static ColumnType? Fail(string message, out string? error)
    {
        error = message;
        return null;
    }

    private static ColumnType? BindDateTime(TypeSyntax syntax, out string? error)
    {
        if (syntax.Arguments is null) return Ok(new ColumnType { Kind = TypeKind.DateTime }, out error);
        if (syntax.Arguments is not [{ IsText: true } zone]) return Fail("DateTime takes a time zone in quotes, or nothing", out error);
        return CheckZone(zone.Name, out error) ? new ColumnType { Kind = TypeKind.DateTime, TimeZone = zone.Name } : null;
    }

    private static ColumnType? BindDateTime64(TypeSyntax syntax, out string? error)
    {
        IReadOnlyList<TypeSyntax> arguments = syntax.Arguments ?? [];
        int precision = arguments.Count == 0 ? DefaultFractionDigits : arguments[0].Number;
        if (arguments.Count > 2 || precision is < 0 or > MaxFractionDigits || (arguments.Count == 2 && !arguments[1].IsText))
            return Fail($"DateTime64 takes the digits of the second's fraction, 0 to {MaxFractionDigits}, and perhaps a time zone in quotes", out error);

        string? zone = arguments.Count == 2 ? arguments[1].Name : null;
        if (zone is not null && !CheckZone(zone, out error)) return null;
        return Ok(new ColumnType { Kind = TypeKind.DateTime64, Precision = precision, TimeZone = zone }, out error);
    }

    private static bool CheckZone(string zone, out string? error)
    {
        bool known = TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _);
        error = known ? null : $"the time zone \"{zone}\" is not known to this machine; give an IANA name such as Europe/Berlin";
        return known;
    }

    private static ColumnType? BindTime64(TypeSyntax syntax, out string? error)
    {
        int precision = syntax.Arguments is null ? DefaultFractionDigits : syntax.Arguments is [TypeSyntax digits] ? digits.Number : -1;
        return precision is < 0 or > MaxFractionDigits
            ? Fail($"Time64 takes the digits of the second's fraction, 0 to {MaxFractionDigits}", out error)
            : Ok(new ColumnType { Kind = TypeKind.Time64, Precision = precision }, out error);
    }

    private static ColumnType? BindFixedString(TypeSyntax syntax, out string? error)
    {
        int length = syntax.Arguments is [TypeSyntax argument] ? argument.Number : -1;
        return length is < 1 or > MaxFixedString
            ? Fail($"FixedString takes its number of bytes, 1 to {MaxFixedString}", out error)
            : Ok(new ColumnType { Kind = TypeKind.FixedString, Length = length }, out error);
    }

    private static ColumnType? BindDecimal(TypeSyntax syntax, out string? error)
    {
        IReadOnlyList<TypeSyntax> arguments = syntax.Arguments ?? [];
        int precision = arguments.Count is 1 or 2 ? arguments[0].Number : -1;
        int scale = arguments.Count == 2 ? arguments[1].Number : 0;
        return MakeDecimal(precision, scale, $"Decimal takes its precision, 1 to {MaxDecimalPrecision}, and its scale, 0 to the precision",
            out error);
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

    private static string KnownNames() => string.Join(
        ", ",
        PlainTypes.Keys.Concat(["DateTime", "DateTime64", "Time64", "Decimal", "FixedString", "Enum8", "Enum16",
            .. CompositeTypeBinder.Names]));
}
