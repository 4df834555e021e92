namespace ClickSink.Engine.Columns;

/// <summary>A type inside of another one.</summary>
/// <param name="Name">Its name, in a named Tuple or in Nested; else null.</param>
/// <param name="Type">The type.</param>
public sealed record TypeElement(string? Name, ColumnType Type)
{
    /// <summary>The element as ClickHouse writes it.</summary>
    public override string ToString() => Name is null ? Type.ToString() : $"{Quote(Name)} {Type}";

    private static string Quote(string name)
    {
        bool plain = !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
        return plain ? name : $"`{name.Replace("\\", @"\\", StringComparison.Ordinal).Replace("`", @"\`", StringComparison.Ordinal)}`";
    }
}
