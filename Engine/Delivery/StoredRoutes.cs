namespace ClickSink.Engine.Delivery;

/// <summary>
/// Names of routes whose rows are stored although the block or message that they belong to was refused by another table: as one text, a
/// line for each, since it stands in the ledger and in tables. Null or empty for none.
/// </summary>
internal static class StoredRoutes
{
    private const char Separator = '\n';

    /// <summary>The routes of both.</summary>
    public static string? Join(string? some, string? more)
    {
        if (string.IsNullOrEmpty(more)) return some;
        if (string.IsNullOrEmpty(some)) return more;
        return string.Join(Separator, some.Split(Separator).Union(more.Split(Separator)));
    }

    /// <summary>The routes as one text.</summary>
    public static string? Of(IEnumerable<string> routes) => string.Join(Separator, routes) is { Length: > 0 } text ? text : null;

    /// <summary>Whether a route is among them.</summary>
    public static bool Has(string? stored, string route) =>
        !string.IsNullOrEmpty(stored) && stored.Split(Separator).Contains(route, StringComparer.Ordinal);
}
