using ClickSink.Embedded.Chdb;

namespace ClickSink.Embedded.Sql;

/// <summary>How a statement is to be run.</summary>
internal enum StatementKind
{
    /// <summary>SELECT and what begins like it: has a result that can be large.</summary>
    Select,

    /// <summary>INSERT whose data follows the text.</summary>
    InsertData,

    /// <summary>INSERT ... SELECT ... FROM input(...) whose data follows the text.</summary>
    InsertInput,

    /// <summary>Anything else: run as it is, small result.</summary>
    Other,
}

/// <summary>What has to be known of a statement to run it: offsets into its text.</summary>
internal sealed record Statement(StatementKind Kind)
{
    /// <summary>Set when the statement must not run.</summary>
    public QueryFault? Fault { get; init; }

    /// <summary>The FORMAT that the statement names, or null.</summary>
    public string? Format { get; init; }

    /// <summary>Insert: where SETTINGS, FORMAT or VALUES begins. Select: where FORMAT begins, or the end of the text.</summary>
    public int BeforeFormat { get; init; }

    /// <summary>Select: behind the name of the FORMAT, or the end of the query.</summary>
    public int AfterFormat { get; init; }

    /// <summary>The end of the query: a closing semicolon is not part of it.</summary>
    public int End { get; init; }

    /// <summary>Insert: the SETTINGS clause, or an empty range.</summary>
    public Range Settings { get; init; } = 0..0;

    /// <summary>Insert: where the data begins.</summary>
    public int DataStart { get; init; }

    /// <summary>InsertInput: the word <c>input</c> up to and with its opening parenthesis.</summary>
    public Range InputCall { get; init; } = 0..0;

    /// <summary>A statement that is refused.</summary>
    public static Statement Refused(QueryFault fault) => new(StatementKind.Other) { Fault = fault };
}
