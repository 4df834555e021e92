using System.Collections.Frozen;

namespace ClickSink.Embedded.Http;

/// <summary>ClickHouse's error codes as HTTP statuses: the table of its exceptionCodeToHTTPStatus (26.x).</summary>
internal static class HttpStatusMap
{
    private static readonly FrozenDictionary<int, int> Statuses = Build();

    /// <summary>The status for an error code; 500 for all that the table does not name.</summary>
    public static int StatusFor(int code) => Statuses.GetValueOrDefault(code, 500);

    private static FrozenDictionary<int, int> Build()
    {
        var map = new Dictionary<int, int>();
        void Add(int status, params ReadOnlySpan<int> codes)
        {
            foreach (var code in codes)
                map.Add(code, status);
        }
        // Texts that cannot be parsed, wrong columns and types, syntax.
        Add(400, 6, 8, 15, 25, 26, 27, 36, 37, 38, 41, 44, 53, 62, 72, 117, 123, 167, 168, 223, 321, 376, 427, 441, 675, 676);
        Add(401, 194);
        Add(403, 192, 193, 497, 512, 516);
        // Unknown function, identifier, type, storage, table, aggregate function, format, query type, database, setting, direction, database engine, role.
        Add(404, 46, 47, 50, 56, 60, 63, 73, 78, 81, 115, 152, 336, 511);
        Add(408, 159);
        Add(411, 381);
        Add(413, 229);
        Add(501, 48);
        Add(503, 76, 209, 439);
        return map.ToFrozenDictionary();
    }
}
