namespace ClickSink.Engine.Formats.Delimited;

/// <summary>Reads one field after the other. Quotes and escapes are undone in memory that the next field reuses.</summary>
internal sealed class FieldReader
{
    private readonly DelimitedPlan _plan;
    private byte[] _text = new byte[256];

    public FieldReader(DelimitedPlan plan) => _plan = plan;

    /// <summary>What is wrong with the field that was read last.</summary>
    public string Problem { get; private set; } = "";

    /// <summary>Reads the field that begins at <paramref name="at"/>.</summary>
    /// <param name="message">The message.</param>
    /// <param name="at">Then the first byte behind the field and what ends it.</param>
    /// <param name="line">The line, counted up by line ends that are read.</param>
    /// <param name="value">The field's text; valid until the next call.</param>
    /// <param name="isNull">Whether it has no value.</param>
    public FieldEnd Read(ReadOnlySpan<byte> message, ref int at, ref int line, out ReadOnlySpan<byte> value, out bool isNull)
    {
        if (_plan.Trim) at = SkipBlanks(message, at);
        if (_plan.Quote != 0 && (uint)at < (uint)message.Length && message[at] == _plan.Quote)
        {
            isNull = false;
            return ReadQuoted(message, ref at, ref line, out value);
        }

        int length = message[at..].IndexOfAny(_plan.Delimiter, (byte)'\n');
        value = length < 0 ? message[at..] : message.Slice(at, length);
        at = length < 0 ? message.Length : at + length;
        FieldEnd end = EndAt(message, ref at, ref line);
        if (end == FieldEnd.Record && value.EndsWith("\r"u8)) value = value[..^1];
        if (_plan.Trim) value = value.TrimEnd(" \t"u8);
        isNull = (value.IsEmpty && _plan.EmptyIsNull) || value.SequenceEqual(_plan.NullText);
        if (isNull) return end;
        if (_plan.HasEscapes && value.Contains((byte)'\\')) return Unescape(ref value) ? end : FieldEnd.Broken;
        if (_plan.Quote == 0 || !value.Contains(_plan.Quote)) return end;
        Problem = "holds a quote, but does not begin with one";
        return FieldEnd.Broken;
    }

    private FieldEnd ReadQuoted(ReadOnlySpan<byte> message, ref int at, ref int line, out ReadOnlySpan<byte> value)
    {
        int start = ++at;
        int length = 0;
        while (true)
        {
            int quote = message[at..].IndexOf(_plan.Quote);
            if (quote < 0)
            {
                value = default;
                Problem = "begins with a quote that is never closed";
                return FieldEnd.Broken;
            }

            ReadOnlySpan<byte> piece = message.Slice(at, quote);
            line += piece.Count((byte)'\n');
            at += quote + 1;
            bool isDoubled = (uint)at < (uint)message.Length && message[at] == _plan.Quote;
            if (!isDoubled && length == 0)
            {
                // No quote inside: the text can stay where it is.
                value = message[start..(at - 1)];
                break;
            }

            // A doubled quote stands for one of them.
            Append(isDoubled ? message.Slice(at - 1 - quote, quote + 1) : piece, ref length);
            value = _text.AsSpan(0, length);
            if (!isDoubled) break;
            at++;
        }

        if (_plan.Trim) at = SkipBlanks(message, at);
        if (message[at..].StartsWith("\r\n"u8) || (at == message.Length - 1 && message[at] == '\r')) at++;
        if (at == message.Length || message[at] == _plan.Delimiter || message[at] == '\n') return EndAt(message, ref at, ref line);
        Problem = "goes on behind its closing quote";
        return FieldEnd.Broken;
    }

    private static FieldEnd EndAt(ReadOnlySpan<byte> message, ref int at, ref int line)
    {
        if (at == message.Length) return FieldEnd.Record;
        if (message[at++] != '\n') return FieldEnd.Delimiter;
        line++;
        return FieldEnd.Record;
    }

    private int SkipBlanks(ReadOnlySpan<byte> message, int at)
    {
        while ((uint)at < (uint)message.Length && message[at] is (byte)' ' or (byte)'\t' && message[at] != _plan.Delimiter) at++;
        return at;
    }

    private bool Unescape(ref ReadOnlySpan<byte> value)
    {
        int length = 0;
        ReadOnlySpan<byte> left = value;
        while (true)
        {
            int escape = left.IndexOf((byte)'\\');
            Append(escape < 0 ? left : left[..escape], ref length);
            if (escape < 0) break;
            if (escape + 1 == left.Length)
            {
                Problem = "ends with a backslash that escapes nothing";
                return false;
            }

            Append([Escaped(left[escape + 1])], ref length);
            left = left[(escape + 2)..];
        }

        value = _text.AsSpan(0, length);
        return true;
    }

    // As ClickHouse reads TabSeparated: a sign that is no escape stands for itself.
    private static byte Escaped(byte sign) => sign switch
    {
        (byte)'t' => (byte)'\t',
        (byte)'n' => (byte)'\n',
        (byte)'r' => (byte)'\r',
        (byte)'b' => (byte)'\b',
        (byte)'f' => (byte)'\f',
        (byte)'0' => 0,
        _ => sign,
    };

    private void Append(scoped ReadOnlySpan<byte> bytes, ref int length)
    {
        if (length + bytes.Length > _text.Length) Array.Resize(ref _text, Math.Max(length + bytes.Length, _text.Length * 2));
        bytes.CopyTo(_text.AsSpan(length));
        length += bytes.Length;
    }
}
