using System.Globalization;

namespace ClickSink.Engine.Columns;

/// <summary>Enum8 and Enum16: names with numbers, which are counted on from the one before where none is given.</summary>
internal static class EnumTypeBinder
{
    public static ColumnType? Bind(TypeSyntax syntax, out string? error)
    {
        const string Rule = "takes names in quotes, with numbers or without: 'a' = 1, 'b' = 2";
        if (syntax.Arguments is not { Count: > 0 } || syntax.Arguments.Any(argument => !argument.IsText))
            return ColumnTypeBinder.Fail($"{syntax.Name} {Rule}", out error);

        List<EnumValue> values = [];
        int number = 0;
        foreach (TypeSyntax argument in syntax.Arguments)
        {
            number++;
            if (argument.Assigned is not null && !int.TryParse(argument.Assigned, NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture, out number))
                return ColumnTypeBinder.Fail($"{syntax.Name} {Rule}", out error);
            if (number is < short.MinValue or > short.MaxValue || (syntax.Name == "Enum8" && number is < sbyte.MinValue or > sbyte.MaxValue))
                return ColumnTypeBinder.Fail($"{syntax.Name} has no room for the number {number} of '{argument.Name}'", out error);
            values.Add(new EnumValue(argument.Name, (short)number));
        }

        if (values.DistinctBy(value => value.Name).Count() < values.Count || values.DistinctBy(value => value.Number).Count() < values.Count)
            return ColumnTypeBinder.Fail($"{syntax.Name} has a name or a number twice", out error);

        // ClickHouse writes them by their numbers, and takes the smaller type for Enum where it can.
        values.Sort((left, right) => left.Number.CompareTo(right.Number));
        bool small = syntax.Name == "Enum8"
            || (syntax.Name == "Enum" && values[0].Number >= sbyte.MinValue && values[^1].Number <= sbyte.MaxValue);
        return ColumnTypeBinder.Ok(new ColumnType { Kind = small ? TypeKind.Enum8 : TypeKind.Enum16, Names = values }, out error);
    }
}
