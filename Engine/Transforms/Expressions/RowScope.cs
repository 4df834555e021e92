using ClickSink.Engine.Columns;
using ClickSink.Engine.Transforms.Expressions.Syntax;

namespace ClickSink.Engine.Transforms.Expressions;

/// <summary>
/// The row that expressions are evaluated for, room for the texts that they make, and what went wrong. One for each worker, used again for every row, so that
/// evaluating allocates nothing once the room is large enough.
/// </summary>
internal sealed class RowScope
{
    private const int FirstBytes = 256;

    private byte[] _room = new byte[FirstBytes];
    private int _used;
    private char[] _chars = new char[FirstBytes];
    private RowScope? _element;

    /// <summary>The columns that expressions refer to by position.</summary>
    public Column[] Columns { get; private set; } = [];

    /// <summary>Position of the row in the columns.</summary>
    public int Row { get; private set; }

    /// <summary>What the last error was; a constant text.</summary>
    public string FailedBecause { get; private set; } = "";

    /// <summary>The part of the expression that the last error arose in.</summary>
    public SyntaxNode? FailedAt { get; private set; }

    /// <summary>Turns to the columns of other rows.</summary>
    public void Bind(Column[] columns) => Columns = columns;

    /// <summary>Turns to a row; texts made for the one before are forgotten.</summary>
    public void MoveTo(int row)
    {
        Row = row;
        _used = 0;
        if (_element is not null) _element._used = 0;
    }

    /// <summary>The scope of an element of a list or map: one column, at a position of its own. Good until the next call; texts made in it until the next row.</summary>
    public RowScope At(Column column, int position)
    {
        _element ??= new RowScope { Columns = new Column[1] };
        _element.Columns[0] = column;
        _element.Row = position;
        return _element;
    }

    /// <summary>Bytes to be filled by the caller, good until the next row.</summary>
    public Memory<byte> Take(int count)
    {
        if (count > _room.Length - _used)
        {
            // The former array lives on as long as texts point into it.
            _room = new byte[Math.Max(count, 2 * _room.Length)];
            _used = 0;
        }

        _used += count;
        return _room.AsMemory(_used - count, count);
    }

    /// <summary>Characters for a moment: until the next call.</summary>
    public Span<char> TakeChars(int count)
    {
        if (count > _chars.Length) _chars = new char[Math.Max(count, 2 * _chars.Length)];
        return _chars.AsSpan(0, count);
    }

    /// <summary>Leaves an error behind.</summary>
    /// <param name="because">What went wrong; a constant text, since errors may be absorbed and must cost nothing.</param>
    public Outcome Fail(string because)
    {
        FailedBecause = because;
        FailedAt = null;
        return Outcome.Error;
    }

    /// <summary>Says where the error that was left last arose, if nobody nearer to it has said so.</summary>
    public Outcome Locate(SyntaxNode syntax)
    {
        FailedAt ??= syntax;
        return Outcome.Error;
    }
}
