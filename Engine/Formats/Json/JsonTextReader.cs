using System.Text;

namespace ClickSink.Engine.Formats.Json;

/// <summary>Decodes the escapes of strings into memory of its own, which the next string reuses.</summary>
internal sealed class JsonTextReader
{
    private const int FirstBytes = 256;

    private byte[] _text = new byte[FirstBytes];

    /// <summary>Reads the rest of a string that has escapes, or is broken.</summary>
    /// <param name="json">The message.</param>
    /// <param name="at">The first byte behind the opening quote; then the byte behind the closing one, or the one at fault.</param>
    /// <param name="text">The text without escapes. Valid until the next call.</param>
    public JsonProblem Read(ReadOnlySpan<byte> json, ref int at, out ReadOnlySpan<byte> text)
    {
        // Escapes never grow: the longest text that can come is as long as what is left.
        if (_text.Length < json.Length - at) _text = new byte[Math.Max(json.Length - at, _text.Length * 2)];
        text = default;
        int length = 0;
        while (true)
        {
            int special = JsonScanner.FindSpecial(json, at);
            json[at..special].CopyTo(_text.AsSpan(length));
            length += special - at;
            at = special;
            if (at == json.Length) return JsonProblem.EndOfMessage;
            if (json[at] == '"')
            {
                at++;
                text = _text.AsSpan(0, length);
                return JsonProblem.None;
            }

            if (json[at] != '\\') return JsonProblem.ControlCharacter;
            JsonProblem problem = ReadEscape(json, ref at, ref length);
            if (problem != JsonProblem.None) return problem;
        }
    }

    private JsonProblem ReadEscape(ReadOnlySpan<byte> json, ref int at, ref int length)
    {
        if (at + 1 >= json.Length) return JsonProblem.EndOfMessage;
        byte escaped = json[at + 1] switch
        {
            (byte)'"' => (byte)'"',
            (byte)'\\' => (byte)'\\',
            (byte)'/' => (byte)'/',
            (byte)'b' => (byte)'\b',
            (byte)'f' => (byte)'\f',
            (byte)'n' => (byte)'\n',
            (byte)'r' => (byte)'\r',
            (byte)'t' => (byte)'\t',
            _ => 0,
        };
        if (escaped != 0)
        {
            _text[length++] = escaped;
            at += 2;
            return JsonProblem.None;
        }

        return json[at + 1] == 'u' ? ReadCodePoint(json, ref at, ref length) : JsonProblem.UnknownEscape;
    }

    private JsonProblem ReadCodePoint(ReadOnlySpan<byte> json, ref int at, ref int length)
    {
        if (!TryReadUnit(json, at, out char unit)) return JsonProblem.UnknownEscape;
        if (!char.IsSurrogate(unit))
        {
            at += 6;
            length += new Rune(unit).EncodeToUtf8(_text.AsSpan(length));
            return JsonProblem.None;
        }

        // Half of a pair has no form in UTF-8. It is refused, wherever it stands: replacing it would store other data than was sent.
        if (!TryReadUnit(json, at + 6, out char second) || !Rune.TryCreate(unit, second, out Rune rune)) return JsonProblem.LoneSurrogate;
        at += 12;
        length += rune.EncodeToUtf8(_text.AsSpan(length));
        return JsonProblem.None;
    }

    private static bool TryReadUnit(ReadOnlySpan<byte> json, int at, out char unit)
    {
        unit = default;
        if (json.Length - at < 6 || json[at] != '\\' || json[at + 1] != 'u') return false;
        uint value = 0;
        foreach (byte digit in json.Slice(at + 2, 4))
        {
            if (!char.IsAsciiHexDigit((char)digit)) return false;
            value = (value << 4) | (uint)((digit & 0xF) + (digit > '9' ? 9 : 0));
        }

        unit = (char)value;
        return true;
    }
}
