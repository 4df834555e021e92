namespace ClickSink.Embedded.Http;

/// <summary>Makes a client's text fit for a header of the answer.</summary>
internal static class HeaderText
{
    /// <summary>Without control characters and what is not ASCII: a query id can hold anything, a header cannot.</summary>
    public static string Clean(string text) =>
        text.All(c => c is >= ' ' and <= '~') ? text : new string(text.Select(c => c is >= ' ' and <= '~' ? c : '?').ToArray());
}
