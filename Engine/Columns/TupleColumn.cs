using ClickSink.Engine.Columns.Parsing;
using ClickSink.Engine.Formats.Json;

namespace ClickSink.Engine.Columns;

/// <summary>
/// Tuple(T1, ...): the columns of its fields, one behind the other. A decoder appends one value to each of <see cref="Fields"/> and then
/// closes the row.
/// </summary>
internal sealed class TupleColumn(string name, ColumnType type, Column[] fields) : Column(name, type)
{
    private JsonColumnReader? _json;

    /// <summary>The columns of the fields, in the type's order.</summary>
    public Column[] Fields => fields;

    public override long Bytes
    {
        get
        {
            long bytes = 0;
            foreach (Column part in fields) bytes += part.Bytes;
            return bytes;
        }
    }

    internal override ColumnShape Shape => ColumnShape.Record;

    /// <summary>Ends a row.</summary>
    public void CloseRow() => Count++;

    /// <summary>Appends an object or an array that stands in a text.</summary>
    public override AppendOutcome AppendText(ReadOnlySpan<byte> text) => AppendJson(text);

    public override AppendOutcome AppendNumber(in NumberText number) => AppendOutcome.NotATuple;

    public override AppendOutcome AppendBool(bool value) => AppendOutcome.NotATuple;

    public override AppendOutcome AppendJson(ReadOnlySpan<byte> json) =>
        (_json ??= new JsonColumnReader(this)).Append(json, AppendOutcome.NotATuple);

    public override void AppendDefault()
    {
        foreach (Column field in fields) field.AppendDefault();
        Count++;
    }

    public override void Truncate(int rows)
    {
        Count = Math.Min(rows, Count);
        foreach (Column field in fields) field.Truncate(Count);
    }

    public override void Dispose()
    {
        foreach (Column field in fields) field.Dispose();
    }

    internal override void AppendRows(Column source, ReadOnlySpan<int> rows)
    {
        for (int i = 0; i < fields.Length; i++) fields[i].AppendRows(((TupleColumn)source).Fields[i], rows);
        Count += rows.Length;
    }

    internal override void WritePrefix(WireSegments output)
    {
        foreach (Column field in fields) field.WritePrefix(output);
    }

    internal override void WriteData(WireSegments output)
    {
        foreach (Column field in fields) field.WriteData(output);
    }
}
