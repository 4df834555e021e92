namespace ClickSink.Embedded.Chdb;

/// <summary>The faults that the embedded server finds itself, with the codes that ClickHouse has for them. All others are the engine's.</summary>
internal static class Faults
{
    public static readonly QueryFault EmptyQuery =
        new(62, "SYNTAX_ERROR", "Syntax error: failed at position 1 (end of query): the query is empty.");

    public static readonly QueryFault MultiStatement =
        new(62, "SYNTAX_ERROR", "Syntax error: Multi-statements are not allowed. Send one statement a request.");

    public static readonly QueryFault SemicolonBeforeData =
        new(62, "SYNTAX_ERROR", "You have excessive ';' symbol before data for INSERT. Send the data right behind the FORMAT, without it.");

    public static readonly QueryFault IntoOutfile = new(358, "INTO_OUTFILE_NOT_ALLOWED", "INTO OUTFILE is not allowed.");

    public static readonly QueryFault FromInfile = new(
        78, "UNKNOWN_TYPE_OF_QUERY",
        "Query has infile and was send directly to server. Send the data in the body of the request instead of naming a file.");

    // ClickHouse answers both by signalling its whole process group, which here would end whatever started this server.
    public static readonly QueryFault Shutdown =
        NotServed("SYSTEM SHUTDOWN and SYSTEM KILL are", "Stop its process instead (SIGTERM).");

    public static readonly QueryFault Multipart =
        NotServed("External tables (multipart/form-data) are", "Insert the data into a table first.");

    public static readonly QueryFault Session =
        NotServed("Sessions (session_id) are", "Send settings with each request, and use ordinary tables instead of temporary ones.");

    public static readonly QueryFault LengthRequired = new(
        381, "HTTP_LENGTH_REQUIRED", "The Transfer-Encoding is not chunked and there is no Content-Length header for POST request.");

    public static readonly QueryFault TooManyQueries = new(
        202, "TOO_MANY_SIMULTANEOUS_QUERIES",
        "Too many simultaneous queries in the embedded server. Try again later, or raise MaxQueuedQueries or MaxConcurrentQueries.");

    public static readonly QueryFault Stopping = new(394, "QUERY_WAS_CANCELLED", "Query was cancelled, because the server is stopping.");

    public static readonly QueryFault TwoCredentials = new(
        516, "AUTHENTICATION_FAILED",
        "Invalid authentication: it is not allowed to use two of X-ClickHouse headers, the Authorization header and parameters simultaneously.");

    public static readonly QueryFault NotBasic = new(
        516, "AUTHENTICATION_FAILED", "Invalid authentication: the Authorization header is not of the form 'Basic BASE64(user:password)'.");

    public static readonly QueryFault ResultTooLarge = new(
        396, "TOO_MANY_ROWS_OR_BYTES", "A part of the result is larger than 2 GiB. Ask for fewer rows at once: lower max_block_size.");

    public static QueryFault WrongCredentials(string user) => new(
        516, "AUTHENTICATION_FAILED", $"{user}: Authentication failed: password is incorrect, or there is no user with such name.");

    public static QueryFault OwnCompression(string parameter) =>
        NotServed($"ClickHouse's own compression ({parameter}=1) is", "Use Content-Encoding, or Accept-Encoding with enable_http_compression=1.");

    public static QueryFault UnknownEncoding(string name) => new(
        48, "NOT_IMPLEMENTED", $"Unknown compression method '{name}' in Content-Encoding. Use gzip, deflate, br, zstd, lz4, xz, bz2 or snappy.");

    public static QueryFault UnknownRole(string role) =>
        new(511, "UNKNOWN_ROLE", $"There is no role '{role}' in the embedded server, which has one user and no roles.");

    public static QueryFault UnknownSetting(string name) => new(115, "UNKNOWN_SETTING", $"Unknown setting '{name}'.");

    public static QueryFault BodyBrokeOff(string reason) => new(1000, "POCO_EXCEPTION", $"The body broke off: {reason} Nothing was inserted.");

    public static QueryFault CannotUnpack(string reason) => new(271, "CANNOT_DECOMPRESS", $"The compressed body cannot be unpacked: {reason}");

    public static QueryFault CannotSpool(string folder, string reason) =>
        new(243, "NOT_ENOUGH_SPACE", $"The body cannot be written to {folder}: {reason} Nothing was inserted.");

    public static QueryFault RowsMissing(ulong read, ulong written) =>
        new(1001, "STD_EXCEPTION", $"The engine read {read} rows but wrote {written}: check the table before sending them again.");

    public static QueryFault Broken(string reason) => new(1001, "STD_EXCEPTION", $"The embedded server failed: {reason}");

    private static QueryFault NotServed(string what, string instead) =>
        new(48, "NOT_IMPLEMENTED", $"{what} not available in the embedded server. {instead}");
}
