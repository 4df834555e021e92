using ClickSink.Engine.Columns.Parsing;

namespace ClickSink.Engine.Columns;

/// <summary>
/// The rows of one column, built value by value and held in the form that ClickHouse's Native format sends (docs/decisions/0004). Each type
/// family is one derived class, which owns the coercions into it (docs/coercions.md). Not thread-safe; an instance is filled by one worker,
/// then read by one sink.
/// </summary>
public abstract class Column : IDisposable
{
    private protected Column(string name, ColumnType type)
    {
        Name = name;
        Type = type;
    }

    /// <summary>The column's name in the table.</summary>
    public string Name { get; }

    /// <summary>The column's ClickHouse type.</summary>
    public ColumnType Type { get; }

    /// <summary>Rows held.</summary>
    public int Count { get; private protected set; }

    /// <summary>Bytes that the rows take in wire form.</summary>
    public abstract long Bytes { get; }

    /// <summary>How a value is made of others. Decoders walk into everything that is not <see cref="ColumnShape.Single"/>.</summary>
    internal virtual ColumnShape Shape => ColumnShape.Single;

    /// <summary>The columns that are sent for this one: itself, or those of its fields.</summary>
    internal virtual IReadOnlyList<Column> Sent => [this];

    /// <summary>Appends a text value.</summary>
    /// <param name="text">Valid UTF-8, escapes decoded.</param>
    public abstract AppendOutcome AppendText(ReadOnlySpan<byte> text);

    /// <summary>Appends a number.</summary>
    public abstract AppendOutcome AppendNumber(in NumberText number);

    /// <summary>Appends a whole number that is not text: metadata, and what binary formats carry.</summary>
    public virtual AppendOutcome AppendInteger(long value)
    {
        Span<byte> scratch = stackalloc byte[NumberText.MaxIntegerBytes];
        return AppendNumber(NumberText.FromInteger(value, scratch));
    }

    /// <summary>Appends true or false.</summary>
    public abstract AppendOutcome AppendBool(bool value);

    /// <summary>Appends an object or an array.</summary>
    /// <param name="json">Its JSON text, valid and complete.</param>
    public virtual AppendOutcome AppendJson(ReadOnlySpan<byte> json) => AppendOutcome.NotASingleValue;

    /// <summary>Appends the type's default value: zero, the empty string, 1970-01-01, or null where the type has it.</summary>
    public abstract void AppendDefault();

    /// <summary>Appends null.</summary>
    /// <returns>False, and nothing is appended, if the type has no null.</returns>
    public virtual bool AppendNull() => false;

    /// <summary>Takes rows away from the end.</summary>
    /// <param name="rows">Rows to keep; no effect if the column has no more than that.</param>
    public abstract void Truncate(int rows);

    /// <summary>Takes all rows away; the memory is kept for the next block.</summary>
    public void Clear() => Truncate(0);

    /// <summary>Gives the memory back to its pool. The column must not be used afterwards.</summary>
    public abstract void Dispose();

    /// <summary>Appends rows of another column, in the order given; a row may come several times.</summary>
    /// <param name="source">Another column of the same type, made by the same mapping or another.</param>
    /// <param name="rows">Positions in the source.</param>
    internal abstract void AppendRows(Column source, ReadOnlySpan<int> rows);

    /// <summary>
    /// What the Native format sends ahead of the column's data. Apart from the data because a composite type sends the prefixes of all its
    /// parts first.
    /// </summary>
    internal virtual void WritePrefix(WireSegments output)
    {
    }

    /// <summary>
    /// The bytes of a row, by which a dictionary tells it from others. Only columns that a dictionary can hold have them.
    /// </summary>
    internal virtual ReadOnlySpan<byte> GetBytes(int row) => throw new NotSupportedException($"{Type} cannot be held in a dictionary.");

    /// <summary>Adds the column's data in wire form; its own buffers are added by reference.</summary>
    internal abstract void WriteData(WireSegments output);
}
