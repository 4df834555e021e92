using System.Globalization;
using System.Text;

namespace ClickSink.Tests.Unit.Formats;

/// <summary>Random JSON objects with few different keys, so that they repeat, and random damage to them.</summary>
internal sealed class RandomJson(Random random)
{
    private const int MaxDepth = 6;

    private static readonly string[] Keys = ["a", "b", "c", "\\u0061", "d", "long key that spans more than one vector of bytes", ""];

    private static readonly string[] Pieces =
    [
        "text", "é", "😀", "\\n", "\\\"", "\\\\", "\\/", "\\u0041", "\\uD83D\\uDE00", "\\u00e9", "a rather long run of plain text without anything", "{", "}", ",", ":", "[",
    ];

    private static readonly string[] Wounds =
    [
        "\"", "\\", ",", ":", "{", "}", "[", "]", "0", "-", ".", "e", "+", "1", "t", "null", "\n", "\0", "\\u", "\\uD800", "\\uDC00", "\u00ff", " ", "/", "'", "\u007f",
    ];

    private readonly StringBuilder _text = new();

    public byte[] NextObject()
    {
        _text.Clear();
        Space();
        AppendObject(0);
        Space();
        return Encoding.UTF8.GetBytes(_text.ToString());
    }

    /// <summary>Removes, adds, changes, repeats or swaps a few bytes.</summary>
    public byte[] Damage(byte[] json)
    {
        List<byte> bytes = [.. json];
        for (int wounds = random.Next(1, 4); wounds > 0 && bytes.Count > 2; wounds--)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0:
                    bytes.RemoveAt(at);
                    break;
                case 1:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Wounds[random.Next(Wounds.Length)]));
                    break;
                case 2:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 3:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 4:
                    int length = Math.Min(random.Next(1, 12), bytes.Count - at);
                    bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length));
                    break;
                default:
                    int other = random.Next(bytes.Count);
                    (bytes[at], bytes[other]) = (bytes[other], bytes[at]);
                    break;
            }
        }

        return [.. bytes];
    }

    private void AppendObject(int depth)
    {
        _text.Append('{');
        Space();
        int members = random.Next(6);
        for (int i = 0; i < members; i++)
        {
            if (i > 0) _text.Append(',');
            Space();
            _text.Append('"').Append(Keys[random.Next(Keys.Length)]).Append('"');
            Space();
            _text.Append(':');
            Space();
            AppendValue(depth + 1);
            Space();
        }

        _text.Append('}');
    }

    private void AppendArray(int depth)
    {
        _text.Append('[');
        Space();
        int elements = random.Next(5);
        for (int i = 0; i < elements; i++)
        {
            if (i > 0) _text.Append(',');
            Space();
            AppendValue(depth + 1);
            Space();
        }

        _text.Append(']');
    }

    private void AppendValue(int depth)
    {
        switch (random.Next(depth < MaxDepth ? 9 : 6))
        {
            case 0:
                _text.Append("null");
                break;
            case 1:
                _text.Append(random.Next(2) == 0 ? "true" : "false");
                break;
            case 2 or 3:
                AppendNumber();
                break;
            case 4 or 5:
                _text.Append('"');
                for (int pieces = random.Next(4); pieces > 0; pieces--) _text.Append(Pieces[random.Next(Pieces.Length)]);
                _text.Append('"');
                break;
            case 6:
                AppendArray(depth);
                break;
            default:
                AppendObject(depth);
                break;
        }
    }

    private void AppendNumber()
    {
        switch (random.Next(4))
        {
            case 0:
                _text.Append(random.Next(-100, 100));
                break;
            case 1:
                _text.Append((random.NextDouble() * Math.Pow(10, random.Next(-10, 20))).ToString("R", CultureInfo.InvariantCulture));
                break;
            case 2:
                _text.Append(CultureInfo.InvariantCulture, $"{random.NextInt64()}{random.NextInt64()}");
                break;
            default:
                _text.Append(CultureInfo.InvariantCulture, $"-{random.Next(10)}.{random.Next(1000):D3}e{random.Next(-300, 300)}");
                break;
        }
    }

    private void Space()
    {
        if (random.Next(5) == 0) _text.Append(" \t\r\n"[random.Next(4)]);
    }
}
