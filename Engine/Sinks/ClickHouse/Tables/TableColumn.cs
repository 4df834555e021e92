namespace ClickSink.Engine.Sinks.ClickHouse.Tables;

/// <summary>A column of a table, as the server describes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="DefaultKind"><c>DEFAULT</c>, <c>MATERIALIZED</c>, <c>ALIAS</c> or <c>EPHEMERAL</c>; empty for none.</param>
/// <param name="DefaultExpression">The expression of that; empty for none.</param>
public sealed record TableColumn(string Name, string Type, string DefaultKind, string DefaultExpression)
{
    /// <summary>Whether an insert may name it.</summary>
    public bool IsInsertable => DefaultKind is not ("MATERIALIZED" or "ALIAS");
}
