using System.Globalization;
using System.Text.Unicode;
using ClickSink.Engine.Formats.Transcoding;

namespace ClickSink.Engine.Formats.Protobuf;

/// <content>Single values, and messages that stand for something else than an object.</content>
internal sealed partial class ProtobufTranscoder
{
    private const int NanosPerSecond = 1_000_000_000;

    /// <summary>Writes a value that is no message; the default of its type if there is none.</summary>
    private bool WriteScalar(ReadOnlySpan<byte> message, ProtoField field, int piece)
    {
        ProtoPieces.Piece at = piece < 0 ? default : _pieces[piece];
        ReadOnlySpan<byte> value = piece < 0 ? default : message.Slice(at.Start, at.Length);
        if (piece >= 0 && at.WireType != WireType(field.Kind))
        {
            // One that may stand alone or with others: of those in a piece the last counts.
            if (!field.IsPackable || at.WireType != 2) return Fail($"the field {field.Name} is not of the type that the schema says");
            return WriteLast(value, field);
        }

        if (field.Kind == ProtoKind.String)
        {
            if (!Utf8.IsValid(value)) return Fail($"the field {field.Name} is not valid UTF-8");
            _output.Text(value);
            return true;
        }

        if (field.Kind == ProtoKind.Bytes)
        {
            _output.Base64(value);
            return true;
        }

        if (piece < 0) return WriteNumber(field, 0);
        var cursor = new ProtoCursor(value);
        return ReadNumber(ref cursor, field.Kind, out ulong bits) && WriteNumber(field, bits);
    }

    private bool WritePacked(ReadOnlySpan<byte> values, ProtoField field)
    {
        var cursor = new ProtoCursor(values);
        while (!cursor.IsAtEnd)
        {
            if (_output.IsFull) return Fail("it is too large");
            if (!ReadNumber(ref cursor, field.Kind, out ulong bits)) return Fail($"the values of the field {field.Name} are broken");
            WriteNumber(field, bits);
            _output.Byte((byte)',');
        }

        return true;
    }

    private bool WriteLast(ReadOnlySpan<byte> values, ProtoField field)
    {
        var cursor = new ProtoCursor(values);
        ulong last = 0;
        while (!cursor.IsAtEnd)
        {
            if (!ReadNumber(ref cursor, field.Kind, out last)) return Fail($"the values of the field {field.Name} are broken");
        }

        return WriteNumber(field, last);
    }

    private static int WireType(ProtoKind kind) => kind switch
    {
        ProtoKind.Double or ProtoKind.Fixed64 or ProtoKind.SFixed64 => 1,
        ProtoKind.Float or ProtoKind.Fixed32 or ProtoKind.SFixed32 => 5,
        ProtoKind.String or ProtoKind.Bytes or ProtoKind.Message => 2,
        ProtoKind.Group => 3,
        _ => 0,
    };

    private static bool ReadNumber(ref ProtoCursor cursor, ProtoKind kind, out ulong bits)
    {
        switch (WireType(kind))
        {
            case 1:
                return cursor.TryReadFixed64(out bits);
            case 5:
                bool read = cursor.TryReadFixed32(out uint narrow);
                bits = narrow;
                return read;
            default:
                return cursor.TryReadVarint(out bits);
        }
    }

    private bool WriteNumber(ProtoField field, ulong bits)
    {
        switch (field.Kind)
        {
            case ProtoKind.Double:
                _output.Float(BitConverter.UInt64BitsToDouble(bits));
                break;
            case ProtoKind.Float:
                _output.Float(BitConverter.UInt32BitsToSingle((uint)bits));
                break;
            case ProtoKind.Bool:
                _output.Bool(bits != 0);
                break;
            case ProtoKind.UInt64 or ProtoKind.Fixed64:
                _output.Unsigned(bits);
                break;
            case ProtoKind.UInt32 or ProtoKind.Fixed32:
                _output.Unsigned((uint)bits);
                break;
            case ProtoKind.Int64 or ProtoKind.SFixed64:
                _output.Integer((long)bits);
                break;
            case ProtoKind.SInt64:
                _output.Integer((long)(bits >> 1) ^ -(long)(bits & 1));
                break;
            case ProtoKind.SInt32:
                _output.Integer((int)((uint)bits >> 1) ^ -(int)(bits & 1));
                break;
            case ProtoKind.Enum when field.Enum!.Names.TryGetValue((int)bits, out byte[]? name):
                _output.Raw(name);
                break;
            default:
                // An enum's number without a name as well: the sender's schema is newer, and its number is all that is known.
                _output.Integer((int)bits);
                break;
        }

        return true;
    }

    private bool WriteWellKnown(ReadOnlySpan<byte> message, ProtoMessage type, in ProtoPieces.Frame frame, int depth)
    {
        switch (type.WellKnown)
        {
            case ProtoWellKnown.Timestamp:
                return TryGetTime(message, type, frame, out long seconds, out long nanos) && WriteTimestamp(seconds, nanos);
            case ProtoWellKnown.Duration:
                return TryGetTime(message, type, frame, out seconds, out nanos) && WriteDuration(seconds, nanos);
            case ProtoWellKnown.Decimal:
                return WriteDecimal(message, type, frame);
            case ProtoWellKnown.Value:
                return WriteValue(message, type, frame, depth);
            case ProtoWellKnown.Struct or ProtoWellKnown.List:
                return WriteRepeated(message, type.Fields[0], _pieces.First(frame, 0), depth);
            default:
                return WriteScalar(message, type.Fields[0], _pieces.Last(frame, 0));
        }
    }

    private bool TryGetTime(ReadOnlySpan<byte> message, ProtoMessage type, in ProtoPieces.Frame frame, out long seconds, out long nanos)
    {
        nanos = 0;
        return TryGetInteger(message, type, frame, 0, out seconds) && TryGetInteger(message, type, frame, 1, out nanos);
    }

    private bool TryGetInteger(ReadOnlySpan<byte> message, ProtoMessage type, in ProtoPieces.Frame frame, int field, out long value)
    {
        value = 0;
        int piece = _pieces.Last(frame, field);
        if (piece < 0) return true;
        ProtoPieces.Piece at = _pieces[piece];
        var cursor = new ProtoCursor(message.Slice(at.Start, at.Length));
        if (at.WireType != 0 || !cursor.TryReadVarint(out ulong bits)) return Fail($"the field {type.Fields[field].Name} of {type.Name} is no number");
        value = type.Fields[field].Kind == ProtoKind.Int64 ? (long)bits : (int)bits;
        return true;
    }

    private bool WriteTimestamp(long seconds, long nanos)
    {
        // As its declaration has it: nanoseconds count forward even before 1970.
        if (nanos is < 0 or >= NanosPerSecond) return Fail("a google.protobuf.Timestamp has nanoseconds that are none");
        IsoText.Timestamp(_output, seconds, (int)nanos, digits: 9, isUtc: true);
        return true;
    }

    private bool WriteDuration(long seconds, long nanos)
    {
        if (nanos is <= -NanosPerSecond or >= NanosPerSecond || (seconds < 0 && nanos > 0) || (seconds > 0 && nanos < 0))
            return Fail("a google.protobuf.Duration has nanoseconds that are none");
        Span<byte> text = stackalloc byte[20];
        ulong whole = seconds < 0 ? 0 - (ulong)seconds : (ulong)seconds;
        if (seconds < 0 || nanos < 0) _output.Byte((byte)'-');
        _output.Unsigned(whole);
        _output.Byte((byte)'.');
        Math.Abs(nanos).TryFormat(text, out int length, "D9", CultureInfo.InvariantCulture);
        _output.Raw(text[..length]);
        return true;
    }

    // Its fields, by number: 1 the digits as a big-endian integer, 2 the precision, 3 the scale.
    private bool WriteDecimal(ReadOnlySpan<byte> message, ProtoMessage type, in ProtoPieces.Frame frame)
    {
        int digits = type.Find(1), places = type.Find(3);
        if (digits < 0 || type.Fields[digits].Kind != ProtoKind.Bytes || places < 0) return Fail("confluent.type.Decimal is declared in another way than Confluent's");
        int piece = _pieces.Last(frame, digits);
        if (!TryGetInteger(message, type, frame, places, out long scale)) return false;
        if (piece >= 0 && _pieces[piece].WireType != 2) return Fail("a confluent.type.Decimal has no digits");
        ReadOnlySpan<byte> value = piece < 0 ? default : message.Slice(_pieces[piece].Start, _pieces[piece].Length);
        return DecimalText.TryWrite(_output, value, (int)scale) || Fail("stands a decimal that no type can hold");
    }

    private bool WriteValue(ReadOnlySpan<byte> message, ProtoMessage type, in ProtoPieces.Frame frame, int depth)
    {
        // Of several members of a oneof the last on the wire counts.
        int field = -1;
        for (int i = 0; i < type.Fields.Count; i++)
        {
            if (_pieces.Last(frame, i) > (field < 0 ? -1 : _pieces.Last(frame, field))) field = i;
        }

        if (field <= 0)
        {
            _output.Null();
            return true;
        }

        return WriteSingle(message, type.Fields[field], _pieces.First(frame, field), _pieces.Last(frame, field), depth);
    }
}
