using System.Globalization;

namespace ClickSink.Engine.Formats.Protobuf;

/// <summary>The tokens of a <c>.proto</c> text: names, numbers, strings and signs, without space and comments.</summary>
internal sealed class ProtoTokens
{
    private readonly string _text;
    private readonly string _file;
    private int _at;
    private int _line = 1;

    public ProtoTokens(string text, string file)
    {
        _text = text;
        _file = file;
        Next();
    }

    /// <summary>The token that is next; empty at the end. A string has its quotes.</summary>
    public string Current { get; private set; } = "";

    public bool IsAtEnd => Current.Length == 0;

    /// <summary>Takes the next token.</summary>
    public string Take()
    {
        string taken = Current;
        if (taken.Length == 0) throw Fault("more was expected");
        Next();
        return taken;
    }

    /// <summary>Takes the next token if it is this one.</summary>
    public bool TryTake(string token)
    {
        if (Current != token) return false;
        Next();
        return true;
    }

    /// <summary>Takes the next token, which has to be this one.</summary>
    public void Expect(string token)
    {
        if (!TryTake(token)) throw Fault($"{token} was expected");
    }

    /// <summary>Takes a name, perhaps with dots.</summary>
    public string TakeName()
    {
        string name = Take();
        return char.IsAsciiLetter(name[0]) || name[0] is '_' or '.' ? name : throw Fault($"a name was expected instead of {name}");
    }

    /// <summary>Takes a whole number, decimal, hexadecimal or octal.</summary>
    public int TakeNumber()
    {
        bool isNegative = TryTake("-");
        string text = Take();
        long number = text switch
        {
            ['0', 'x' or 'X', ..] => long.TryParse(text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out long hex) ? hex : -1,
            ['0', _, ..] => ParseOctal(text),
            _ => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long parsed) ? parsed : -1,
        };
        if (number is < 0 or > 1L << 31) throw Fault($"a whole number was expected instead of {text}");
        return (int)(isNegative ? -number : number);
    }

    /// <summary>Takes a string, without its quotes.</summary>
    public string TakeString()
    {
        string text = Take();
        return text[0] is '"' or '\'' ? text[1..^1] : throw Fault($"a string was expected instead of {text}");
    }

    /// <summary>Skips what is between brackets of any kind, or up to a semicolon; stands behind it then.</summary>
    public void SkipStatement()
    {
        int depth = 0;
        while (true)
        {
            string token = Take();
            if (token is "{" or "[" or "(" or "<") depth++;
            if (token is "}" or "]" or ")" or ">") depth--;
            if (depth <= 0 && token is ";" or "}") return;
        }
    }

    /// <summary>A fault at the next token.</summary>
    public ProtoSchemaException Fault(string what) => new($"{_file}, line {_line}: {what}{(IsAtEnd ? ", and the text ends" : $", at {Current}")}");

    private static long ParseOctal(string text)
    {
        long number = 0;
        foreach (char digit in text)
        {
            if (digit is < '0' or > '7' || number > int.MaxValue) return -1;
            number = number * 8 + (digit - '0');
        }

        return number;
    }

    private void Next()
    {
        SkipSpace();
        if (_at >= _text.Length)
        {
            Current = "";
            return;
        }

        int start = _at;
        char first = _text[_at++];
        if (first is '"' or '\'')
        {
            while (_at < _text.Length && _text[_at] != first) _at += _text[_at] == '\\' ? 2 : 1;
            _at = Math.Min(_at + 1, _text.Length);
            if (_at - start < 2 || _text[_at - 1] != first) throw new ProtoSchemaException($"{_file}, line {_line}: a string is not closed");
        }
        else if (char.IsAsciiLetterOrDigit(first) || first is '_' or '.')
        {
            while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] is '_' or '.')) _at++;
        }

        Current = _text[start.._at];
    }

    private void SkipSpace()
    {
        while (_at < _text.Length)
        {
            if (_text[_at] == '\n') _line++;
            if (char.IsWhiteSpace(_text[_at]) || _text[_at] == '\uFEFF')
            {
                _at++;
            }
            else if (_text.AsSpan(_at).StartsWith("//"))
            {
                int end = _text.IndexOf('\n', _at);
                _at = end < 0 ? _text.Length : end;
            }
            else if (_text.AsSpan(_at).StartsWith("/*"))
            {
                int end = _text.IndexOf("*/", _at + 2, StringComparison.Ordinal);
                int next = end < 0 ? _text.Length : end + 2;
                _line += _text.AsSpan(_at, next - _at).Count('\n');
                _at = next;
            }
            else
            {
                return;
            }
        }
    }
}
