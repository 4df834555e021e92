using System.Runtime.CompilerServices;

namespace ClickSink.Engine.Columns;

/// <summary>
/// A growing run of bytes in pooled memory. A mutable struct so that a column reaches its bytes with one indirection;
/// keep it in a field that is not readonly, and never copy it.
/// </summary>
internal struct WireBuffer(BufferPool pool, string owner)
{
    private const int FirstBytes = 1024;

    private byte[] _bytes = [];
    private int _length;

    public readonly int Length => _length;

    public readonly ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    public readonly ReadOnlyMemory<byte> Memory => _bytes.AsMemory(0, _length);

    /// <summary>Gives the next <paramref name="count"/> bytes to be written by the caller, who must fill all of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Take(int count)
    {
        int length = _length;
        if (count > _bytes.Length - length) Grow(count);
        _length = length + count;
        return _bytes.AsSpan(length, count);
    }

    /// <summary>Appends a value as it lies in memory: little endian, which is the wire order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write<T>(T value) where T : unmanaged
    {
        int length = _length;
        if (Unsafe.SizeOf<T>() > _bytes.Length - length) Grow(Unsafe.SizeOf<T>());
        Unsafe.WriteUnaligned(ref _bytes[length], value);
        _length = length + Unsafe.SizeOf<T>();
    }

    public void Truncate(int length) => _length = Math.Min(_length, length);

    public void Dispose()
    {
        if (_bytes.Length > 0) pool.Return(_bytes);
        _bytes = [];
        _length = 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int count)
    {
        long wanted = Math.Max((long)_length + count, Math.Max(FirstBytes, 2L * _bytes.Length));
        if ((long)_length + count > Array.MaxLength)
            throw new InvalidOperationException($"Column \"{owner}\" holds {_length} bytes and cannot take {count} more: seal the block earlier.");

        byte[] larger = pool.Rent((int)Math.Min(wanted, Array.MaxLength), owner);
        Written.CopyTo(larger);
        if (_bytes.Length > 0) pool.Return(_bytes);
        _bytes = larger;
    }
}
