using ClickSink.Engine.Columns;

namespace ClickSink.Engine.Delivery;

/// <summary>The rows of a block that go to one table.</summary>
/// <param name="Route">The route that the document's transforms give them; empty without routing.</param>
/// <param name="Rows">The rows, column by column; may be empty without routing.</param>
/// <param name="Token">What the part is written under: the block's token, with <c>:route</c> behind it for a named route.</param>
public sealed record BlockPart(string Route, ColumnBlock Rows, string Token)
{
    /// <summary>Makes the part of a block that goes a route.</summary>
    internal static BlockPart Of(string blockToken, string route, ColumnBlock rows) => new(route, rows, route.Length == 0 ? blockToken : $"{blockToken}:{route}");
}
