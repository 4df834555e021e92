using System.Text;
using ClickSink.Embedded.Chdb;
using ClickSink.Embedded.Sql;

namespace ClickSink.Embedded.Http;

/// <summary>Turns a request into what the engine runs: data comes from a file, and some results go to one.</summary>
internal static class PlanFactory
{
    /// <summary>Whether the query needs a file: for its data, or for a result that cannot be sent as it comes.</summary>
    public static bool NeedsFile(RequestText text, QueryRequest query) => text.Statement.Kind switch
    {
        StatementKind.InsertData or StatementKind.InsertInput => true,
        StatementKind.Select => !Streams(text, query),
        _ => false,
    };

    /// <summary>The plan; <paramref name="path"/> is the file, where one is needed.</summary>
    public static QueryPlan Make(RequestText text, QueryRequest query, string? path)
    {
        // The client's comment stays, ours makes it unique.
        var comment = query.Settings.FirstOrDefault(s => s.Key == "log_comment").Value;
        var logComment = $"{(string.IsNullOrEmpty(comment) ? "" : comment + " ")}clicksink:{Guid.NewGuid():N}";
        var statement = text.Statement;
        return new QueryPlan
        {
            Text = statement.Kind switch
            {
                StatementKind.InsertData => FromInfile(text, path!),
                StatementKind.InsertInput => FromFileFunction(text, path!),
                StatementKind.Select when path is not null => IntoOutfile(text, statement.Format ?? query.DefaultFormat, path),
                _ => AsItIs(text.Memory[..statement.End]),
            },
            Format = query.DefaultFormat,
            Streams = statement.Kind == StatementKind.Select && path is null,
            Prelude = query.Prelude(logComment),
            Parameters = query.Parameters,
            LogComment = logComment,
        };
    }

    /// <summary>The plan that unpacks one file into another.</summary>
    public static QueryPlan Unpack(string packed, string plain, string method) => new()
    {
        Text = Encoding.UTF8.GetBytes(
            $"INSERT INTO FUNCTION file({SqlText.Quote(plain)}, 'RawBLOB', 'data String', 'none') " +
            $"SELECT data FROM file({SqlText.Quote(packed)}, 'RawBLOB', 'data String', {SqlText.Quote(method)})"),
        Format = "Null",
        LogComment = $"clicksink:{Guid.NewGuid():N}",
    };

    /// <summary>
    /// The engine is built from clickhouse-client, which takes a text of exit, quit, q and the like for the wish to leave and calls that a success.
    /// A comment behind a short text makes it what it is: a syntax error.
    /// </summary>
    private static ReadOnlyMemory<byte> AsItIs(ReadOnlyMemory<byte> text) => text.Length < 32 ? (byte[])[.. text.Span, .. "\n--"u8] : text;

    private static bool Streams(RequestText text, QueryRequest query) =>
        !query.WaitsForEnd && FormatNames.CanStream(text.Statement.Format ?? query.DefaultFormat, text.Head, query.Settings);

    private static byte[] FromInfile(RequestText text, string path)
    {
        var statement = text.Statement;
        // Line breaks: what comes before may end in a comment.
        return
        [
            .. text.Head[..statement.BeforeFormat],
            .. Encoding.UTF8.GetBytes($"\nFROM INFILE {SqlText.Quote(path)} COMPRESSION {SqlText.Quote(text.PackedBy ?? "none")}\n"),
            .. text.Head[statement.Settings],
            .. Encoding.UTF8.GetBytes($"\nFORMAT {statement.Format}"),
        ];
    }

    private static byte[] FromFileFunction(RequestText text, string path)
    {
        var statement = text.Statement;
        return
        [
            .. text.Head[..statement.InputCall.Start.Value],
            .. Encoding.UTF8.GetBytes($"file({SqlText.Quote(path)}, {SqlText.Quote(statement.Format!)}, "),
            .. text.Head[statement.InputCall.End.Value..statement.BeforeFormat],
            (byte)'\n',
            .. text.Head[statement.Settings],
        ];
    }

    private static byte[] IntoOutfile(RequestText text, string format, string path)
    {
        var statement = text.Statement;
        return
        [
            .. text.Head[..statement.BeforeFormat],
            .. Encoding.UTF8.GetBytes($"\nINTO OUTFILE {SqlText.Quote(path)} COMPRESSION 'none' FORMAT {format} "),
            .. text.Head[statement.AfterFormat..statement.End],
        ];
    }
}
