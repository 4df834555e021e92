using System.Collections.Frozen;

namespace ClickSink.Embedded.Http;

/// <summary>What the HTTP side has to know of ClickHouse's output formats.</summary>
internal static class FormatNames
{
    /// <summary>ClickHouse's default.</summary>
    public const string Default = "TabSeparated";

    /// <summary>
    /// Formats in which a result is nothing but its rows. chDB 26.5 makes a whole document of every chunk of a stream, so any format
    /// with a header, a footer or a count would come out wrong: those are written to a file first.
    /// </summary>
    private static readonly FrozenSet<string> RowsOnly = new[]
    {
        "TabSeparated", "TSV", "TabSeparatedRaw", "TSVRaw", "Raw", "CSV", "TSKV", "LineAsString", "RawBLOB", "Null",
        "JSONEachRow", "JSONLines", "NDJSON", "JSONCompactEachRow", "JSONStringsEachRow", "JSONCompactStringsEachRow", "BSONEachRow",
        "Native", "RowBinary", "MsgPack",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Words in a query or names of settings that give even those formats something around the rows.</summary>
    private static readonly string[] Surroundings = ["TOTALS", "EXTREMES", "OUTPUT_FORMAT_JSON_ARRAY_OF_ROWS"];

    /// <summary>Whether the chunks of a result in this format can be sent one behind the other.</summary>
    public static bool CanStream(string format, ReadOnlySpan<byte> query, IReadOnlyList<KeyValuePair<string, string>> settings)
    {
        if (!RowsOnly.Contains(format))
            return false;
        foreach (var word in Surroundings)
        {
            if (settings.Any(s => string.Equals(s.Key, word, StringComparison.OrdinalIgnoreCase)) || ContainsIgnoreCase(query, word))
                return false;
        }
        return true;
    }

    /// <summary>The Content-Type that ClickHouse sends with a format.</summary>
    public static string ContentType(string format)
    {
        var hasHeader = format.Contains("With", StringComparison.OrdinalIgnoreCase);
        if (format.StartsWith("CSV", StringComparison.OrdinalIgnoreCase))
            return $"text/csv; charset=UTF-8; header={(hasHeader ? "present" : "absent")}";
        if (format.StartsWith("TabSeparated", StringComparison.OrdinalIgnoreCase)
            || format.StartsWith("TSV", StringComparison.OrdinalIgnoreCase)
            || format.StartsWith("TSKV", StringComparison.OrdinalIgnoreCase))
            return "text/tab-separated-values; charset=UTF-8";
        if (format.Contains("EachRow", StringComparison.OrdinalIgnoreCase) && !format.StartsWith("BSON", StringComparison.OrdinalIgnoreCase)
            || format.Equals("JSONLines", StringComparison.OrdinalIgnoreCase) || format.Equals("NDJSON", StringComparison.OrdinalIgnoreCase))
            return "application/x-ndjson; charset=UTF-8";
        if (format.StartsWith("JSON", StringComparison.OrdinalIgnoreCase))
            return "application/json; charset=UTF-8";
        if (format.Equals("XML", StringComparison.OrdinalIgnoreCase))
            return "application/xml; charset=UTF-8";
        if (format.StartsWith("Markdown", StringComparison.OrdinalIgnoreCase))
            return "text/markdown; charset=UTF-8";
        if (IsBinary(format))
            return "application/octet-stream";
        return "text/plain; charset=UTF-8";
    }

    private static bool IsBinary(string format) =>
        format.Equals("Native", StringComparison.OrdinalIgnoreCase) || format.StartsWith("RowBinary", StringComparison.OrdinalIgnoreCase)
        || format.Equals("Parquet", StringComparison.OrdinalIgnoreCase) || format.StartsWith("Arrow", StringComparison.OrdinalIgnoreCase)
        || format.Equals("ORC", StringComparison.OrdinalIgnoreCase) || format.Equals("Avro", StringComparison.OrdinalIgnoreCase)
        || format.StartsWith("Protobuf", StringComparison.OrdinalIgnoreCase) || format.Equals("MsgPack", StringComparison.OrdinalIgnoreCase)
        || format.StartsWith("BSON", StringComparison.OrdinalIgnoreCase) || format.Equals("RawBLOB", StringComparison.OrdinalIgnoreCase)
        || format.Equals("Npy", StringComparison.OrdinalIgnoreCase) || format.Equals("Buffers", StringComparison.OrdinalIgnoreCase);

    private static bool ContainsIgnoreCase(ReadOnlySpan<byte> text, string upper)
    {
        for (var i = 0; i + upper.Length <= text.Length; i++)
        {
            var next = text[i..].IndexOfAny((byte)upper[0], (byte)char.ToLowerInvariant(upper[0]));
            if (next < 0)
                return false;
            i += next;
            if (i + upper.Length <= text.Length && System.Text.Ascii.EqualsIgnoreCase(text.Slice(i, upper.Length), upper))
                return true;
        }
        return false;
    }
}
