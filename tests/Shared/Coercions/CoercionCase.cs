namespace ClickSink.Tests.Shared.Coercions;

/// <summary>A JSON value, the type of the column that it goes into, and what comes of it.</summary>
/// <param name="Type">The type.</param>
/// <param name="Json">The value.</param>
/// <param name="Printed">The stored value as ClickHouse prints it in TabSeparated; null if the value is refused.</param>
/// <param name="Reason">Why it is refused; null if it is stored.</param>
public sealed record CoercionCase(string Type, string Json, string? Printed, string? Reason)
{
    /// <summary>The column of docs/coercions.md that the case belongs to.</summary>
    public string Kind => Json[0] switch
    {
        '"' => "text",
        't' or 'f' => "true / false",
        '{' => "object",
        '[' => "array",
        'n' => "null",
        _ => "number",
    };
}
