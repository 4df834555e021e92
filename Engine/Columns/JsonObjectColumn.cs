using ClickSink.Engine.Columns.Parsing;
using ClickSink.Engine.Formats.Json;

namespace ClickSink.Engine.Columns;

/// <summary>
/// JSON: an object, sent as its text, which the server takes apart (string serialization of the type, ClickHouse pull request 70312). The
/// server accepts objects only, so other values are refused here.
/// </summary>
internal sealed class JsonObjectColumn(string name, ColumnType type, BufferPool pool) : Column(name, type)
{
    /// <summary>Version of the serialization: texts.</summary>
    private const ulong AsText = 1;

    private readonly StringColumn _texts = new(name, type, pool);
    private JsonReader? _reader;

    public override long Bytes => _texts.Bytes;

    /// <summary>The objects' texts.</summary>
    public StringColumn Texts => _texts;

    /// <summary>Appends an object that stands in a text, as change data capture sends JSON columns.</summary>
    public override AppendOutcome AppendText(ReadOnlySpan<byte> text)
    {
        _reader ??= new JsonReader([]);
        return _reader.IsValue(text) ? AppendJson(text.Trim(" \t\r\n"u8)) : AppendOutcome.NotAnObject;
    }

    public override AppendOutcome AppendNumber(in NumberText number) => AppendOutcome.NotAnObject;

    public override AppendOutcome AppendBool(bool value) => AppendOutcome.NotAnObject;

    public override AppendOutcome AppendJson(ReadOnlySpan<byte> json)
    {
        if (json[0] != '{') return AppendOutcome.NotAnObject;
        Append(json);
        return AppendOutcome.Accepted;
    }

    public override void AppendDefault() => Append("{}"u8);

    public override void Truncate(int rows)
    {
        _texts.Truncate(rows);
        Count = _texts.Count;
    }

    public override void Dispose() => _texts.Dispose();

    internal override void AppendRows(Column source, ReadOnlySpan<int> rows)
    {
        _texts.AppendRows(((JsonObjectColumn)source)._texts, rows);
        Count = _texts.Count;
    }

    internal override void WritePrefix(WireSegments output) => output.WriteUInt64(AsText);

    internal override void WriteData(WireSegments output) => _texts.WriteData(output);

    private void Append(ReadOnlySpan<byte> json)
    {
        _texts.Append(json);
        Count++;
    }
}
