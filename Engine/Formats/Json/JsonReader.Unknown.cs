namespace ClickSink.Engine.Formats.Json;

/// <content>Fields that no column takes. Read here only if somebody asks for them; otherwise they are just checked.</content>
internal sealed partial class JsonReader
{
    private bool ReadUnknown(ReadOnlySpan<byte> json, ref int at, JsonKey key, int depth)
    {
        int keyStart = _keyStart;
        int start = at;
        if (!Skip(json, ref at, depth)) return false;
        if (_unknown!.IsMuted) return true;

        // Of a key that stands twice in one object the last counts.
        if (key.LastRow == _rowsRead) _unknown.Repeat();
        key.LastRow = _rowsRead;
        if (_unknown.Add(json, key.Path, keyStart, start, at)) return true;
        ProblemEnd = at;
        return Fail(JsonProblem.UnknownField, start);
    }

    /// <summary>Reads an object of which some fields are mapped.</summary>
    private bool ReadKnownObject(ReadOnlySpan<byte> json, ref int at, JsonKey key, int keyStart, int depth)
    {
        _unknown!.Enter(keyStart);
        bool read = ReadObject(json, ref at, key.Members!, depth);
        _unknown.Leave();
        return read;
    }

    /// <summary>Reads an array of which some elements are mapped, and which is therefore known as a whole.</summary>
    private bool ReadKnownArray(ReadOnlySpan<byte> json, ref int at, JsonKey?[] elements, int depth)
    {
        _unknown!.Mute();
        bool read = ReadArray(json, ref at, elements, depth);
        _unknown.Unmute();
        return read;
    }
}
