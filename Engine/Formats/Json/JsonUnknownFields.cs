using ClickSink.Engine.Columns;

namespace ClickSink.Engine.Formats.Json;

/// <summary>
/// The fields of a row that no column takes: tells a listener of each, and gathers them as one JSON object, inside of the objects in which
/// they stood. Memory is kept from row to row.
/// </summary>
/// <param name="listener">Is told of each field; null if nobody asks.</param>
/// <param name="restColumn">The column that takes the object; null if none does.</param>
internal sealed class JsonUnknownFields(IUnknownFields? listener, int? restColumn)
{
    private const int FirstBytes = 1024;

    private readonly int[] _open = new int[JsonReader.MaxDepth + 1]; // where the keys of the objects stand that are being read
    private byte[] _text = new byte[FirstBytes];
    private int _length;
    private int _depth;
    private int _written; // how many of the open objects are begun in the text
    private int _muted;
    private bool _hasRepetitions;

    /// <summary>Whether what is read now is known as a whole.</summary>
    public bool IsMuted => _muted > 0;

    /// <summary>The path of the field that the listener refused.</summary>
    public string? RefusedPath { get; private set; }

    /// <summary>Begins a row.</summary>
    public void Begin()
    {
        _length = _depth = _written = _muted = 0;
        _hasRepetitions = false;
    }

    /// <summary>Goes into an object of which some fields are mapped.</summary>
    /// <param name="keyStart">Where its key begins in the message.</param>
    public void Enter(int keyStart) => _open[_depth++] = keyStart;

    /// <summary>Comes out of the object.</summary>
    public void Leave()
    {
        if (_written == _depth)
        {
            Write("}"u8);
            _written--;
        }

        _depth--;
    }

    public void Mute() => _muted++;

    public void Unmute() => _muted--;

    /// <summary>Says that a key came again: what it had before is dropped when the row is complete.</summary>
    public void Repeat() => _hasRepetitions = true;

    /// <summary>Takes a field.</summary>
    /// <returns>False if the row is to be rejected because of it.</returns>
    public bool Add(ReadOnlySpan<byte> json, string path, int keyStart, int valueStart, int valueEnd)
    {
        if (listener is not null && !listener.Accept(path, json[valueStart..valueEnd]))
        {
            RefusedPath = path;
            return false;
        }

        if (restColumn is null) return true;
        if (_length == 0) Write("{"u8);
        while (_written < _depth)
        {
            WriteKey(json, _open[_written++]);
            Write("{"u8);
        }

        WriteKey(json, keyStart);
        Write(json[valueStart..valueEnd]);
        return true;
    }

    /// <summary>Gives the row's fields to the column that takes them, if there are any.</summary>
    /// <param name="columns">The columns of the block.</param>
    /// <param name="row">The row that is being read.</param>
    public AppendOutcome AppendRest(Column[] columns, int row)
    {
        if (_length == 0 || restColumn is not int column) return AppendOutcome.Accepted;
        Write("}"u8);
        ReadOnlySpan<byte> text = _text.AsSpan(0, _length);
        if (_hasRepetitions) text = JsonRepetitions.Remove(text);
        columns[column].Truncate(row);
        return columns[column].AppendJson(text);
    }

    /// <summary>Writes a key as it stands in the message.</summary>
    private void WriteKey(ReadOnlySpan<byte> json, int start)
    {
        int end = start + 1;
        while (json[end] != '"') end += json[end] == '\\' ? 2 : 1;
        if (_text[_length - 1] != '{') Write(","u8);
        Write(json[start..(end + 1)]);
        Write(":"u8);
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        if (_text.Length - _length < bytes.Length) Array.Resize(ref _text, Math.Max(_text.Length * 2, _length + bytes.Length));
        bytes.CopyTo(_text.AsSpan(_length));
        _length += bytes.Length;
    }
}
