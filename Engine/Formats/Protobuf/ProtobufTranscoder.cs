using ClickSink.Engine.Formats.Registry;
using ClickSink.Engine.Formats.Transcoding;

namespace ClickSink.Engine.Formats.Protobuf;

/// <summary>
/// Protobuf to JSON. Names are those of the schema; a field that a message cannot say to be missing has its default value, any other is left out; bytes are base64. docs/formats.md
/// has the table.
/// </summary>
internal sealed partial class ProtobufTranscoder : ITranscoder
{
    private const int MaxIndexes = 64;

    private readonly SchemaCache<ProtoSchema>? _schemas;
    private readonly ProtoMessage? _type;
    private readonly JsonOutput _output;
    private readonly ProtoPieces _pieces = new();
    private readonly int _maxDepth;
    private string _problem = "";

    /// <summary>Messages that begin with the id of their schema and the place of their type in it.</summary>
    public ProtobufTranscoder(SchemaCache<ProtoSchema> schemas, FormatLimits limits)
        : this(limits) => _schemas = schemas;

    /// <summary>Messages of one type, which have the data alone.</summary>
    public ProtobufTranscoder(ProtoMessage type, FormatLimits limits)
        : this(limits) => _type = type;

    private ProtobufTranscoder(FormatLimits limits)
    {
        _output = new JsonOutput(limits.MaxDecodedBytes);
        _maxDepth = limits.MaxDepth;
    }

    public RowFault? Transcode(ReadOnlySpan<byte> value, out ReadOnlySpan<byte> json)
    {
        json = default;
        ProtoMessage? type = _type;
        ReadOnlySpan<byte> data = value;
        if (_schemas is not null)
        {
            RowFault? fault = FindType(value, out type, out data);
            if (fault is not null) return fault;
        }

        _output.Clear();
        ProtoPieces.Frame frame = _pieces.Begin(type!.Fields.Count);
        bool written = TryCollect(data, 0, data.Length, type, frame) && WriteMessage(data, type, frame, depth: 0);
        _pieces.End(frame);
        if (_output.IsFull) return new RowFault("the message is larger as JSON than format.maxDecodedBytes allows; raise it if that is meant", null, null, null);
        if (!written) return new RowFault($"the message is not what its schema {type.Name} says: {_problem}", null, null, null);
        json = _output.Written;
        return null;
    }

    // Behind the id stand the indexes of the message type: how many, then each, zigzag; a single 0 is short for the first type.
    private RowFault? FindType(ReadOnlySpan<byte> value, out ProtoMessage? type, out ReadOnlySpan<byte> data)
    {
        type = null;
        data = default;
        RowFault? fault = WireFormat.TryReadId(value, out int id);
        if (fault is not null) return fault;
        fault = _schemas!.Find(id, out ProtoSchema? schema);
        if (fault is not null) return fault;

        var cursor = new ProtoCursor(value[WireFormat.HeaderBytes..]);
        Span<int> indexes = stackalloc int[MaxIndexes];
        indexes[0] = 0;
        if (!TryReadIndex(ref cursor, out int count) || count is < 0 or > MaxIndexes) return NoType(id);
        for (int i = 0; i < count; i++)
        {
            if (!TryReadIndex(ref cursor, out indexes[i])) return NoType(id);
        }

        type = schema!.Find(indexes[..Math.Max(count, 1)]);
        data = value[(WireFormat.HeaderBytes + cursor.At)..];
        return type is null ? NoType(id) : null;
    }

    private static RowFault NoType(int id) => new($"the message does not say which type of schema {id} it is, or says one that is not there", null, null, null);

    private static bool TryReadIndex(ref ProtoCursor cursor, out int index)
    {
        bool read = cursor.TryReadVarint(out ulong bits) && bits <= uint.MaxValue;
        index = (int)(bits >> 1) ^ -(int)(bits & 1);
        return read;
    }

    /// <summary>Goes through a message, and notes where the values of its fields stand. What the schema does not know is checked and left out.</summary>
    private bool TryCollect(ReadOnlySpan<byte> message, int start, int length, ProtoMessage type, in ProtoPieces.Frame frame)
    {
        var cursor = new ProtoCursor(message.Slice(start, length));
        while (!cursor.IsAtEnd)
        {
            int at = start + cursor.At;
            if (!cursor.TryReadTag(out int number, out int wireType)) return Fail($"at byte {at} a field was expected");
            if (!cursor.TryTake(number, wireType, out ReadOnlySpan<byte> value)) return Fail($"at byte {at} field {number} of {type.Name} is broken");
            int field = type.Find(number);
            // A value ends where the cursor is, but for a group, behind which its end stands.
            int end = start + cursor.At - (wireType == 3 ? VarintLength(((uint)number << 3) | 4) : 0);
            if (field >= 0) _pieces.Add(frame, field, end - value.Length, value.Length, wireType);
        }

        return true;
    }

    // The end of a group could be written longer than it needs to; nobody does, and what is cut off wrongly is no field and so a fault.
    private static int VarintLength(uint value)
    {
        int length = 1;
        for (; value >= 0x80; value >>= 7) length++;
        return length;
    }

    private bool WriteMessage(ReadOnlySpan<byte> message, ProtoMessage type, in ProtoPieces.Frame frame, int depth)
    {
        if (_output.IsFull) return Fail("it is too large");
        if (type.WellKnown != ProtoWellKnown.None) return WriteWellKnown(message, type, frame, depth);
        if (depth >= _maxDepth) return Fail($"messages are nested deeper than {_maxDepth} (format.maxDepth)");
        _output.Byte((byte)'{');
        for (int i = 0; i < type.Fields.Count; i++)
        {
            ProtoField field = type.Fields[i];
            int first = _pieces.First(frame, i);
            if (first < 0 && field.HasPresence) continue;
            _output.Raw(field.Key);
            if (!(field.IsRepeated ? WriteRepeated(message, field, first, depth + 1) : WriteSingle(message, field, first, _pieces.Last(frame, i), depth + 1))) return false;
            _output.Byte((byte)',');
        }

        _output.TakeBack((byte)',');
        _output.Byte((byte)'}');
        return true;
    }

    private bool WriteRepeated(ReadOnlySpan<byte> message, ProtoField field, int first, int depth)
    {
        bool isMap = field.Message is { IsMapEntry: true };
        if (depth >= _maxDepth) return Fail($"messages are nested deeper than {_maxDepth} (format.maxDepth)");
        _output.Byte(isMap ? (byte)'{' : (byte)'[');
        for (int piece = first; piece >= 0; piece = _pieces[piece].Next)
        {
            if (_output.IsFull) return Fail("it is too large");
            ProtoPieces.Piece at = _pieces[piece];
            if (field.IsPackable && at.WireType == 2)
            {
                if (!WritePacked(message.Slice(at.Start, at.Length), field)) return false;
                continue;
            }

            if (!(isMap ? WriteEntry(message, field.Message!, at, depth + 1) : WriteSingle(message, field, piece, piece, depth + 1))) return false;
            _output.Byte((byte)',');
        }

        _output.TakeBack((byte)',');
        _output.Byte(isMap ? (byte)'}' : (byte)']');
        return true;
    }

    private bool WriteEntry(ReadOnlySpan<byte> message, ProtoMessage entry, ProtoPieces.Piece at, int depth)
    {
        if (at.WireType != 2) return Fail($"an entry of {entry.Name} is no message");
        ProtoPieces.Frame frame = _pieces.Begin(2);
        bool written = TryCollect(message, at.Start, at.Length, entry, frame) && WriteKey(message, entry.Fields[0], _pieces.Last(frame, 0));
        if (written)
        {
            _output.Byte((byte)':');
            // A value that is not there is the type's default, an empty message included.
            ProtoField value = entry.Fields[1];
            int first = _pieces.First(frame, 1);
            written = first < 0 && value.Kind == ProtoKind.Message
                ? WriteEmpty(value.Message!, depth)
                : WriteSingle(message, value, first, _pieces.Last(frame, 1), depth);
        }

        _pieces.End(frame);
        return written;
    }

    private bool WriteEmpty(ProtoMessage type, int depth)
    {
        ProtoPieces.Frame frame = _pieces.Begin(type.Fields.Count);
        bool written = WriteMessage(default, type, frame, depth);
        _pieces.End(frame);
        return written;
    }

    private bool WriteKey(ReadOnlySpan<byte> message, ProtoField field, int piece)
    {
        if (field.Kind == ProtoKind.String) return WriteScalar(message, field, piece);
        _output.Byte((byte)'"');
        if (!WriteScalar(message, field, piece)) return false;
        _output.Byte((byte)'"');
        return true;
    }

    /// <summary>Writes a value of a field: the last one, or for a message all of them as one, which is what the wire format says of several.</summary>
    private bool WriteSingle(ReadOnlySpan<byte> message, ProtoField field, int first, int last, int depth)
    {
        if (field.Kind is not (ProtoKind.Message or ProtoKind.Group)) return WriteScalar(message, field, last);
        ProtoMessage type = field.Message!;
        ProtoPieces.Frame frame = _pieces.Begin(type.Fields.Count);
        bool written = true;
        for (int piece = first; piece >= 0 && written; piece = piece == last ? -1 : _pieces[piece].Next)
        {
            ProtoPieces.Piece at = _pieces[piece];
            written = at.WireType == (field.Kind == ProtoKind.Group ? 3 : 2)
                ? TryCollect(message, at.Start, at.Length, type, frame)
                : Fail($"the field {field.Name} is no message");
        }

        written = written && WriteMessage(message, type, frame, depth);
        _pieces.End(frame);
        return written;
    }

    private bool Fail(string problem)
    {
        _problem = problem;
        return false;
    }
}
