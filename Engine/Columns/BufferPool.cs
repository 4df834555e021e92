using System.Buffers;
#if DEBUG
using System.Collections.Concurrent;
#endif

namespace ClickSink.Engine.Columns;

/// <summary>
/// Lends the byte arrays that columns write into, and knows which of them did not come back. The arrays themselves come
/// from the process-wide <see cref="ArrayPool{T}"/>, so several pools share one stock; a pool only keeps the books.
/// </summary>
public sealed class BufferPool
{
    private int _rented;
    private long _rentedBytes;
#if DEBUG
    private readonly ConcurrentDictionary<byte[], string> _owners = new(ReferenceEqualityComparer.Instance);
#endif

    /// <summary>The pool that blocks use unless another one is named.</summary>
    public static BufferPool Shared { get; } = new();

    /// <summary>Arrays that are lent at this moment. Zero once every block is disposed; anything else then is a leak.</summary>
    public int LeakedCount => Volatile.Read(ref _rented);

    /// <summary>Bytes of all arrays that are lent at this moment: what columns reserve, which is up to twice of what they hold.</summary>
    public long RentedBytes => Volatile.Read(ref _rentedBytes);

    /// <summary>The owners (column names) of the arrays that are lent. Kept in debug builds only; empty in release builds.</summary>
    public IReadOnlyList<string> Leaks
    {
        get
        {
#if DEBUG
            return [.. _owners.Values];
#else
            return [];
#endif
        }
    }

    internal byte[] Rent(int minimumBytes, string owner)
    {
        byte[] bytes = ArrayPool<byte>.Shared.Rent(minimumBytes);
        Interlocked.Increment(ref _rented);
        Interlocked.Add(ref _rentedBytes, bytes.Length);
#if DEBUG
        _owners[bytes] = owner;
#endif
        return bytes;
    }

    internal void Return(byte[] bytes)
    {
#if DEBUG
        if (!_owners.TryRemove(bytes, out _))
            throw new InvalidOperationException("An array was returned to a pool that did not lend it, or was returned twice.");
#endif
        Interlocked.Decrement(ref _rented);
        Interlocked.Add(ref _rentedBytes, -bytes.Length);
        ArrayPool<byte>.Shared.Return(bytes);
    }
}
