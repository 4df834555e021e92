using System.Buffers;
using System.Text;

namespace ClickSink.Engine.Transforms;

/// <summary>
/// Finds the elements of a JSON array and wraps each into an object with one key, so that elements that are no objects become rows as well. It looks for the
/// array's own commas only: that the text is JSON is for the decoder to check, which reads the result.
/// </summary>
internal sealed class ElementList
{
    private static readonly byte[] Opening = Encoding.UTF8.GetBytes($"{{\"{ExplodePlan.ElementKey}\":");

    private readonly ArrayBufferWriter<byte> _wrapped = new();

    /// <summary>The array of objects; good until the next call.</summary>
    public ReadOnlySpan<byte> Wrapped => _wrapped.WrittenSpan;

    /// <summary>Reads an array.</summary>
    /// <param name="json">Its text; none is an empty array.</param>
    /// <param name="isEmpty">Whether it has no elements.</param>
    /// <returns>False if it is no array.</returns>
    public bool TryRead(ReadOnlySpan<byte> json, out bool isEmpty)
    {
        isEmpty = true;
        json = json.Trim(" \t\r\n"u8);
        if (json.IsEmpty || json.SequenceEqual("null"u8)) return true;
        if (json[0] != '[' || json[^1] != ']' || json.Length < 2) return false;
        var inner = json[1..^1].Trim(" \t\r\n"u8);
        if (inner.IsEmpty) return true;
        isEmpty = false;
        _wrapped.ResetWrittenCount();
        _wrapped.Write("["u8);
        while (true)
        {
            var end = FindComma(inner);
            if (end < 0) return false;
            Write(inner[..end]);
            if (end == inner.Length) break;
            _wrapped.Write(","u8);
            inner = inner[(end + 1)..];
        }

        _wrapped.Write("]"u8);
        return true;
    }

    private static int FindComma(ReadOnlySpan<byte> json)
    {
        var depth = 0;
        for (var at = 0; at < json.Length; at++)
        {
            switch (json[at])
            {
                case (byte)'"':
                    at = FindQuote(json, at + 1);
                    break;
                case (byte)'{' or (byte)'[':
                    depth++;
                    break;
                case (byte)'}' or (byte)']':
                    // Text that is no JSON must not close the object that it is wrapped into.
                    if (--depth < 0) return -1;
                    break;
                case (byte)',' when depth == 0:
                    return at;
            }
        }

        return json.Length;
    }

    private static int FindQuote(ReadOnlySpan<byte> json, int at)
    {
        for (; at < json.Length && json[at] != '"'; at++)
        {
            if (json[at] == '\\') at++;
        }

        return at;
    }

    private void Write(ReadOnlySpan<byte> element)
    {
        _wrapped.Write(Opening);
        _wrapped.Write(element);
        _wrapped.Write("}"u8);
    }
}
