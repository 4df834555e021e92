using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace ClickSink.Engine.Formats.Transcoding;

/// <summary>
/// JSON text under construction, in memory that is reused. Whoever writes sees to its grammar. Beyond the limit it takes nothing more and says so by
/// <see cref="IsFull"/>, which is to be asked wherever a few bytes of a message can stand for many values.
/// </summary>
internal sealed class JsonOutput
{
    private const int KeptBytes = 1 << 20;
    private const int LongestNumber = 64;

    // As RFC 8259 wants it: what must be escaped, and nothing else.
    private static readonly SearchValues<byte> Escaped = SearchValues.Create([.. Enumerable.Range(0, ' ').Select(sign => (byte)sign), (byte)'"', (byte)'\\']);

    private readonly long _limit;
    private byte[] _bytes = new byte[4096];
    private int _length;

    // How far can be written without asking whether there is room: the memory's end or the limit, whichever comes first.
    private int _end;

    public JsonOutput(long limit)
    {
        _limit = limit;
        FindEnd();
    }

    /// <summary>Whether more was written than is allowed; the text is then of no use.</summary>
    public bool IsFull { get; private set; }

    /// <summary>The text.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <summary>Begins anew.</summary>
    public void Clear()
    {
        // One huge message must not hold its memory for ever.
        if (_bytes.Length > KeptBytes && _length < KeptBytes / 2) _bytes = new byte[KeptBytes];
        _length = 0;
        IsFull = false;
        FindEnd();
    }

    /// <summary>Writes text that is JSON already.</summary>
    public void Raw(scoped ReadOnlySpan<byte> json)
    {
        json.CopyTo(Reserve(json.Length));
        _length += json.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Byte(byte sign)
    {
        int at = _length;
        if (at >= _end) at = MakeRoom(1);
        _bytes[at] = sign;
        _length = at + 1;
    }

    /// <summary>Takes back the last byte if it is the given one: a comma that nothing followed.</summary>
    public void TakeBack(byte sign)
    {
        if (_length > 0 && _bytes[_length - 1] == sign) _length--;
    }

    /// <summary>Writes a string.</summary>
    /// <param name="utf8">Its text, in UTF-8; it is not checked.</param>
    public void Text(scoped ReadOnlySpan<byte> utf8)
    {
        Byte((byte)'"');
        while (true)
        {
            int plain = utf8.IndexOfAny(Escaped);
            if (plain < 0) break;
            Raw(utf8[..plain]);
            Escape(utf8[plain]);
            utf8 = utf8[(plain + 1)..];
        }

        Raw(utf8);
        Byte((byte)'"');
    }

    public void Bool(bool value) => Raw(value ? "true"u8 : "false"u8);

    public void Null() => Raw("null"u8);

    public void Integer(long value)
    {
        value.TryFormat(Reserve(LongestNumber), out int written, default, CultureInfo.InvariantCulture);
        _length += written;
    }

    public void Unsigned(ulong value)
    {
        value.TryFormat(Reserve(LongestNumber), out int written, default, CultureInfo.InvariantCulture);
        _length += written;
    }

    /// <summary>Writes a float by the fewest digits that mean it. What is no number becomes a text that float columns take: <c>nan</c>, <c>inf</c>, <c>-inf</c>.</summary>
    public void Float(float value)
    {
        if (!float.IsFinite(value))
        {
            NotFinite(value);
            return;
        }

        value.TryFormat(Reserve(LongestNumber), out int written, default, CultureInfo.InvariantCulture);
        _length += written;
    }

    /// <inheritdoc cref="Float(float)" />
    public void Float(double value)
    {
        if (!double.IsFinite(value))
        {
            NotFinite(value);
            return;
        }

        value.TryFormat(Reserve(LongestNumber), out int written, default, CultureInfo.InvariantCulture);
        _length += written;
    }

    /// <summary>Writes bytes as a string in base64 with padding.</summary>
    public void Base64(scoped ReadOnlySpan<byte> bytes)
    {
        Byte((byte)'"');
        // In pieces of whole triples, so that the limit holds before the memory is there.
        const int Piece = 3 << 12;
        while (true)
        {
            ReadOnlySpan<byte> piece = bytes[..Math.Min(bytes.Length, Piece)];
            System.Buffers.Text.Base64.EncodeToUtf8(piece, Reserve(System.Buffers.Text.Base64.GetMaxEncodedToUtf8Length(piece.Length)), out _, out int written);
            _length += written;
            bytes = bytes[piece.Length..];
            if (bytes.IsEmpty || IsFull) break;
        }

        Byte((byte)'"');
    }

    private void NotFinite(double value) => Raw(double.IsNaN(value) ? "\"nan\""u8 : value > 0 ? "\"inf\""u8 : "\"-inf\""u8);

    private void Escape(byte sign)
    {
        switch (sign)
        {
            case (byte)'"' or (byte)'\\':
                Raw([(byte)'\\', sign]);
                break;
            case (byte)'\n':
                Raw("\\n"u8);
                break;
            case (byte)'\r':
                Raw("\\r"u8);
                break;
            case (byte)'\t':
                Raw("\\t"u8);
                break;
            default:
                Raw([.. "\\u00"u8, Digit(sign >> 4), Digit(sign & 15)]);
                break;
        }
    }

    private static byte Digit(int value) => (byte)(value < 10 ? '0' + value : 'a' + value - 10);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> Reserve(int bytes)
    {
        if (bytes > _end - _length) MakeRoom(bytes);
        return _bytes.AsSpan(_length);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int MakeRoom(int bytes)
    {
        if (_length + (long)bytes > _limit + LongestNumber)
        {
            // What is written from here on is thrown away, over and over at the beginning.
            IsFull = true;
            _length = 0;
        }

        if (_bytes.Length - _length < bytes) Array.Resize(ref _bytes, (int)Math.Min(Math.Max(_length + (long)bytes, _bytes.Length * 2L), Array.MaxLength));
        FindEnd();
        return _length;
    }

    private void FindEnd() => _end = (int)Math.Min(_bytes.Length, _limit + LongestNumber);
}
