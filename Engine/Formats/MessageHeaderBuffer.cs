using System.Buffers.Binary;

namespace ClickSink.Engine.Formats;

/// <summary>Packs the headers of one message after the other into the same memory. What it hands out is valid until <see cref="Clear"/>.</summary>
public sealed class MessageHeaderBuffer
{
    private const int FirstBytes = 512;

    private byte[] _bytes = new byte[FirstBytes];
    private int _length;

    /// <summary>The headers packed so far.</summary>
    public MessageHeaders Headers => new(_bytes.AsSpan(0, _length));

    /// <summary>Begins anew.</summary>
    public void Clear() => _length = 0;

    /// <summary>Adds a header.</summary>
    /// <param name="name">Its name, in UTF-8.</param>
    /// <param name="value">Its value.</param>
    /// <param name="isNull">Whether it has no value at all.</param>
    public void Add(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, bool isNull = false)
    {
        Append(name, name.Length);
        Append(value, isNull ? -1 : value.Length);
    }

    private void Append(ReadOnlySpan<byte> bytes, int length)
    {
        int needed = _length + sizeof(int) + bytes.Length;
        if (needed > _bytes.Length) Array.Resize(ref _bytes, Math.Max(needed, _bytes.Length * 2));
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(_length), length);
        bytes.CopyTo(_bytes.AsSpan(_length + sizeof(int)));
        _length = needed;
    }
}
