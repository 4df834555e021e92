using System.Buffers.Binary;
using System.Text.Unicode;
using ClickSink.Engine.Formats.Registry;
using ClickSink.Engine.Formats.Transcoding;

namespace ClickSink.Engine.Formats.Avro;

/// <summary>
/// Avro to JSON by the writer's schema. A union is the value that it holds, without the name of its type; bytes and fixed are base64; what has a logical type is written
/// for what it stands for. docs/formats.md has the table.
/// </summary>
internal sealed class AvroTranscoder : ITranscoder
{
    private readonly SchemaCache<AvroSchema>? _schemas;
    private readonly AvroSchema? _schema;
    private readonly JsonOutput _output;
    private readonly int _maxDepth;
    private string _problem = "";

    /// <summary>Messages that begin with the id of their schema.</summary>
    public AvroTranscoder(SchemaCache<AvroSchema> schemas, FormatLimits limits)
        : this(limits) => _schemas = schemas;

    /// <summary>Messages of one schema, which have the data alone.</summary>
    public AvroTranscoder(AvroSchema schema, FormatLimits limits)
        : this(limits) => _schema = schema;

    private AvroTranscoder(FormatLimits limits)
    {
        _output = new JsonOutput(limits.MaxDecodedBytes);
        _maxDepth = limits.MaxDepth;
    }

    public RowFault? Transcode(ReadOnlySpan<byte> value, out ReadOnlySpan<byte> json)
    {
        json = default;
        AvroSchema? schema = _schema;
        string name = "the schema";
        int start = 0;
        if (_schemas is not null)
        {
            RowFault? fault = WireFormat.TryReadId(value, out int id) ?? _schemas.Find(id, out schema);
            if (fault is not null) return fault;
            start = WireFormat.HeaderBytes;
        }

        if (!schema!.IsRow) return new RowFault($"{name} is of type {schema.Kind}, and a row must be a record, a map or an array of them", null, null, null);
        _output.Clear();
        var cursor = new AvroCursor(value[start..]);
        if (!Read(ref cursor, schema, depth: 0)) return Broken(schema, start + cursor.At, _problem);
        if (!cursor.IsAtEnd) return Broken(schema, start + cursor.At, "the message should have ended");
        json = _output.Written;
        return null;
    }

    private RowFault Broken(AvroSchema schema, int at, string problem)
    {
        if (_output.IsFull) return new RowFault("the message is larger as JSON than format.maxDecodedBytes allows; raise it if that is meant", null, null, null);
        return new RowFault($"the message is not what its schema{(schema.Name.Length > 0 ? " " + schema.Name : "")} says: at byte {at} {problem}", null, null, null);
    }

    private bool Read(ref AvroCursor cursor, AvroSchema schema, int depth)
    {
        if (_output.IsFull) return Fail("it is too large");
        switch (schema.Kind)
        {
            case AvroKind.Null:
                _output.Null();
                return true;
            case AvroKind.Boolean:
                if (!cursor.TryReadBool(out bool flag)) return Fail("a boolean was expected");
                _output.Bool(flag);
                return true;
            case AvroKind.Int:
                if (!cursor.TryReadInt(out int number)) return Fail("an int was expected");
                LogicalTypes.Write(_output, schema.Logical, number);
                return true;
            case AvroKind.Long:
                if (!cursor.TryReadLong(out long wide)) return Fail("a long was expected");
                LogicalTypes.Write(_output, schema.Logical, wide);
                return true;
            case AvroKind.Float:
                if (!cursor.TryReadFloat(out float single)) return Fail("a float was expected");
                _output.Float(single);
                return true;
            case AvroKind.Double:
                if (!cursor.TryReadDouble(out double real)) return Fail("a double was expected");
                _output.Float(real);
                return true;
            case AvroKind.Bytes:
                return cursor.TryReadBytes(out ReadOnlySpan<byte> bytes) ? WriteBytes(schema, bytes) : Fail("bytes were expected");
            case AvroKind.Fixed:
                return cursor.TryTake(schema.Size, out ReadOnlySpan<byte> exact) ? WriteBytes(schema, exact) : Fail($"{schema.Size} bytes were expected");
            case AvroKind.String:
                return cursor.TryReadBytes(out ReadOnlySpan<byte> text) ? WriteText(text) : Fail("a string was expected");
            case AvroKind.Enum:
                if (!cursor.TryReadInt(out int symbol) || (uint)symbol >= (uint)schema.Texts.Length) return Fail("the number of a symbol was expected");
                _output.Raw(schema.Texts[symbol]);
                return true;
            case AvroKind.Union:
                if (!cursor.TryReadInt(out int branch) || (uint)branch >= (uint)schema.Parts.Length) return Fail("the number of a union's type was expected");
                return Read(ref cursor, schema.Parts[branch], depth);
            default:
                if (depth == _maxDepth) return Fail($"records, arrays and maps are nested deeper than {_maxDepth} (format.maxDepth)");
                return schema.Kind == AvroKind.Record ? ReadRecord(ref cursor, schema, depth + 1) : ReadItems(ref cursor, schema, depth + 1);
        }
    }

    private bool ReadRecord(ref AvroCursor cursor, AvroSchema schema, int depth)
    {
        if (schema.IsVariableDecimal) return ReadVariableDecimal(ref cursor);
        _output.Byte((byte)'{');
        for (int field = 0; field < schema.Parts.Length; field++)
        {
            if (field > 0) _output.Byte((byte)',');
            _output.Raw(schema.Texts[field]);
            if (!Read(ref cursor, schema.Parts[field], depth)) return false;
        }

        _output.Byte((byte)'}');
        return true;
    }

    private bool ReadVariableDecimal(ref AvroCursor cursor)
    {
        if (!cursor.TryReadInt(out int scale) || !cursor.TryReadBytes(out ReadOnlySpan<byte> digits)) return Fail("a decimal was expected");
        return DecimalText.TryWrite(_output, digits, scale) || Fail("stands a decimal that no type can hold");
    }

    /// <summary>Reads the blocks of an array or a map: a count, then so many items; a negative count has the block's length behind it.</summary>
    private bool ReadItems(ref AvroCursor cursor, AvroSchema schema, int depth)
    {
        bool isMap = schema.Kind == AvroKind.Map;
        _output.Byte(isMap ? (byte)'{' : (byte)'[');
        while (true)
        {
            if (!cursor.TryReadLong(out long count) || (count < 0 && !cursor.TryReadLong(out _))) return Fail("the count of a block was expected");
            if (count == 0) break;
            // The most negative count has no opposite; no block has so many items.
            if (count == long.MinValue) return Fail("the count of a block was expected");
            for (long i = Math.Abs(count); i > 0; i--)
            {
                if (isMap && !ReadKey(ref cursor)) return false;
                if (!Read(ref cursor, schema.Parts[0], depth)) return false;
                _output.Byte((byte)',');
            }
        }

        _output.TakeBack((byte)',');
        _output.Byte(isMap ? (byte)'}' : (byte)']');
        return true;
    }

    private bool ReadKey(ref AvroCursor cursor)
    {
        if (!cursor.TryReadBytes(out ReadOnlySpan<byte> key)) return Fail("the key of a map was expected");
        if (!WriteText(key)) return false;
        _output.Byte((byte)':');
        return true;
    }

    private bool WriteText(ReadOnlySpan<byte> text)
    {
        if (!Utf8.IsValid(text)) return Fail("ends a string that is not valid UTF-8");
        _output.Text(text);
        return true;
    }

    private bool WriteBytes(AvroSchema schema, ReadOnlySpan<byte> bytes)
    {
        switch (schema.Logical)
        {
            case LogicalType.Decimal:
                return DecimalText.TryWrite(_output, bytes, schema.Scale) || Fail("ends a decimal that no type can hold");
            case LogicalType.Uuid:
                _output.Byte((byte)'"');
                Span<byte> uuid = stackalloc byte[36];
                new Guid(bytes, bigEndian: true).TryFormat(uuid, out _);
                _output.Raw(uuid);
                _output.Byte((byte)'"');
                return true;
            case LogicalType.Duration:
                _output.Raw("{\"months\":"u8);
                _output.Integer(BinaryPrimitives.ReadUInt32LittleEndian(bytes));
                _output.Raw(",\"days\":"u8);
                _output.Integer(BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]));
                _output.Raw(",\"milliseconds\":"u8);
                _output.Integer(BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]));
                _output.Byte((byte)'}');
                return true;
            default:
                _output.Base64(bytes);
                return true;
        }
    }

    private bool Fail(string problem)
    {
        _problem = problem;
        return false;
    }
}
