using System.Buffers;
using System.Buffers.Text;
using ClickSink.Engine.Formats.Json;
using ClickSink.Engine.Formats.Transcoding;

namespace ClickSink.Engine.Formats.Debezium;

/// <summary>
/// Copies a row's JSON text, and writes the values that a <see cref="ValueConversion"/> names for what they stand for. A value that is not what the schema says is copied
/// as it is: its column then says what is wrong with it. The text need not be valid; whoever reads the copy checks it.
/// </summary>
internal sealed class ValueRewriter
{
    private const int MaxDecimalText = 128;

    private readonly JsonOutput _output;
    private readonly int _maxDepth;

    public ValueRewriter(FormatLimits limits)
    {
        _output = new JsonOutput(limits.MaxDecodedBytes);
        _maxDepth = limits.MaxDepth;
    }

    /// <summary>Replaces a row by its copy, which is valid until the next call.</summary>
    /// <returns>Null, or why there is no copy.</returns>
    public RowFault? Rewrite(ref ReadOnlySpan<byte> row, ValueConversion conversion)
    {
        _output.Clear();
        int at = JsonScanner.SkipWhitespace(row, 0);
        // What cannot be walked through is no JSON, and left to the reader to say.
        if (!Copy(row, ref at, conversion, depth: 0)) return null;
        if (_output.IsFull) return new RowFault("the row is larger than format.maxDecodedBytes allows; raise it if that is meant", null, null, null);
        _output.Raw(row[at..]);
        row = _output.Written;
        return null;
    }

    private bool Copy(ReadOnlySpan<byte> json, ref int at, ValueConversion conversion, int depth)
    {
        if (at >= json.Length || depth > _maxDepth) return false;
        int start = at;
        if (json[at] == '{' && conversion.HasMembers) return CopyObject(json, ref at, conversion, depth + 1);
        if (json[at] == '[' && conversion.Items is not null) return CopyArray(json, ref at, conversion.Items, depth + 1);
        if (!TryEnd(json, ref at)) return false;
        ReadOnlySpan<byte> value = json[start..at];
        if (!TryWrite(value, conversion)) _output.Raw(value);
        return true;
    }

    private bool CopyObject(ReadOnlySpan<byte> json, ref int at, ValueConversion conversion, int depth)
    {
        _output.Byte((byte)'{');
        at = JsonScanner.SkipWhitespace(json, at + 1);
        while (at < json.Length && json[at] != '}')
        {
            int start = at;
            if (json[at] != '"' || !TryEnd(json, ref at)) return false;
            ReadOnlySpan<byte> key = json[start..at];
            at = JsonScanner.SkipWhitespace(json, at);
            if (at >= json.Length || json[at] != ':') return false;
            at = JsonScanner.SkipWhitespace(json, at + 1);
            _output.Raw(key);
            _output.Byte((byte)':');
            ValueConversion? member = conversion.Find(key[1..^1]);
            if (!(member is null ? CopyPlain(json, ref at) : Copy(json, ref at, member, depth))) return false;
            if (!CopyComma(json, ref at)) return false;
        }

        return CopyEnd(json, ref at);
    }

    private bool CopyArray(ReadOnlySpan<byte> json, ref int at, ValueConversion items, int depth)
    {
        _output.Byte((byte)'[');
        at = JsonScanner.SkipWhitespace(json, at + 1);
        while (at < json.Length && json[at] != ']')
        {
            if (!Copy(json, ref at, items, depth) || !CopyComma(json, ref at)) return false;
        }

        return CopyEnd(json, ref at);
    }

    private bool CopyComma(ReadOnlySpan<byte> json, ref int at)
    {
        at = JsonScanner.SkipWhitespace(json, at);
        if (at >= json.Length) return false;
        if (json[at] != ',') return json[at] is (byte)'}' or (byte)']';
        _output.Byte((byte)',');
        at = JsonScanner.SkipWhitespace(json, at + 1);
        // A comma with nothing behind it must not become valid.
        return at < json.Length && json[at] is not ((byte)'}' or (byte)']');
    }

    private bool CopyEnd(ReadOnlySpan<byte> json, ref int at)
    {
        if (at >= json.Length) return false;
        _output.Byte(json[at++]);
        return true;
    }

    private bool CopyPlain(ReadOnlySpan<byte> json, ref int at)
    {
        int start = at;
        if (!TryEnd(json, ref at)) return false;
        _output.Raw(json[start..at]);
        return true;
    }

    /// <summary>Goes to the end of a value.</summary>
    private static bool TryEnd(ReadOnlySpan<byte> json, ref int at)
    {
        int depth = 0;
        int start = at;
        while (at < json.Length)
        {
            switch (json[at])
            {
                case (byte)'"':
                    if (!TryEndText(json, ref at)) return false;
                    if (depth == 0) return true;
                    break;
                case (byte)'{' or (byte)'[':
                    depth++;
                    at++;
                    break;
                case (byte)'}' or (byte)']':
                    // The end of what the value stands in.
                    if (depth == 0) return at > start;
                    at++;
                    if (--depth == 0) return true;
                    break;
                case (byte)',' or (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t' when depth == 0:
                    return at > start;
                default:
                    at++;
                    break;
            }
        }

        return depth == 0 && at > start;
    }

    private static bool TryEndText(ReadOnlySpan<byte> json, ref int at)
    {
        at++;
        while (at < json.Length)
        {
            int special = json[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (special < 0) return false;
            at += special + 1;
            if (json[at - 1] == '"') return true;
            at++;
        }

        return false;
    }

    private bool TryWrite(ReadOnlySpan<byte> value, ValueConversion conversion)
    {
        if (conversion.IsVariableDecimal) return TryWriteVariable(value);
        if (conversion.Logical == LogicalType.Decimal) return TryWriteDecimal(value, conversion.Scale);
        if (conversion.Logical == LogicalType.None) return false;
        if (!Utf8Parser.TryParse(value, out long number, out int read) || read != value.Length) return false;
        LogicalTypes.Write(_output, conversion.Logical, number);
        return true;
    }

    private bool TryWriteDecimal(ReadOnlySpan<byte> value, int scale)
    {
        if (value.Length is < 2 or > MaxDecimalText || value[0] != '"') return false;
        Span<byte> digits = stackalloc byte[MaxDecimalText];
        return Base64.DecodeFromUtf8(value[1..^1], digits, out _, out int length) == OperationStatus.Done && DecimalText.TryWrite(_output, digits[..length], scale);
    }

    private bool TryWriteVariable(ReadOnlySpan<byte> value)
    {
        int scale = value.IndexOf("\"scale\":"u8);
        int digits = value.IndexOf("\"value\":"u8);
        if (scale < 0 || digits < 0 || !Utf8Parser.TryParse(value[(scale + 8)..].TrimStart((byte)' '), out int places, out _)) return false;
        ReadOnlySpan<byte> text = value[(digits + 8)..].TrimStart((byte)' ');
        int end = 0;
        return TryEnd(text, ref end) && TryWriteDecimal(text[..end], places);
    }
}
