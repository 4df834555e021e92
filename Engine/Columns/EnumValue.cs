namespace ClickSink.Engine.Columns;

/// <summary>A name of an Enum.</summary>
/// <param name="Name">The name.</param>
/// <param name="Number">The number that stands for it.</param>
public sealed record EnumValue(string Name, short Number)
{
    /// <summary>The pair as ClickHouse writes it.</summary>
    public override string ToString() => $"{TypeSyntax.Quote(Name)} = {Number}";
}
