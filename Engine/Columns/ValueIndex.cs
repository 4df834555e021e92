using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ClickSink.Engine.Columns;

/// <summary>
/// Finds the position of a value among the distinct ones seen. Open addressing with linear probing; a slot holds the
/// position + 1 and 32 bits of the hash, so most strangers are told apart without a look at their bytes. Keys leave in the
/// reverse order of their coming only, which is what makes simple clearing of their slots right. The first
/// <paramref name="reserved"/> positions are the caller's and are never found.
/// </summary>
internal sealed class ValueIndex(Column keys, int reserved, BufferPool pool) : IDisposable
{
    private const int FirstSlots = 64;

    private readonly StringColumn? _texts = keys as StringColumn;
    private byte[] _slotBytes = [];
    private int _mask = -1;

    private struct Slot
    {
        public uint Hash;
        public int Next; // position + 1; 0 is free
    }

    private Span<Slot> Slots => MemoryMarshal.Cast<byte, Slot>(_slotBytes.AsSpan(0, (_mask + 1) * Unsafe.SizeOf<Slot>()));

    /// <summary>The position of a text among texts, which is the number of keys before the call if it is new.</summary>
    public int GetOrAdd(ReadOnlySpan<byte> text)
    {
        StringColumn texts = _texts!;
        if (texts.Count >= (_mask + 1) / 2) Grow(texts.Count);
        uint hash = Utf8Hash.Compute(text);
        Span<Slot> slots = Slots;
        int at = (int)hash & _mask;
        while (true)
        {
            ref Slot slot = ref slots[at];
            if (slot.Next == 0)
            {
                slot = new Slot { Hash = hash, Next = texts.Count + 1 };
                texts.Append(text);
                return texts.Count - 1;
            }

            if (slot.Hash == hash && texts[slot.Next - 1].SequenceEqual(text)) return slot.Next - 1;
            at = (at + 1) & _mask;
        }
    }

    /// <summary>The position of the value that was just appended to the keys; if it is not new, it is taken away from their end.</summary>
    public int KeepLast()
    {
        int last = keys.Count - 1;
        if (last >= (_mask + 1) / 2) Grow(last);
        ReadOnlySpan<byte> value = keys.GetBytes(last);
        uint hash = Utf8Hash.Compute(value);
        Span<Slot> slots = Slots;
        for (int at = (int)hash & _mask; ; at = (at + 1) & _mask)
        {
            ref Slot slot = ref slots[at];
            if (slot.Next == 0)
            {
                slot = new Slot { Hash = hash, Next = last + 1 };
                return last;
            }

            if (slot.Hash != hash || !keys.GetBytes(slot.Next - 1).SequenceEqual(value)) continue;
            keys.Truncate(last);
            return slot.Next - 1;
        }
    }

    /// <summary>Forgets the keys from position <paramref name="count"/> on.</summary>
    public void Truncate(int count)
    {
        if (count == keys.Count) return;
        Span<Slot> slots = Slots;
        if (count == reserved)
        {
            slots.Clear();
            keys.Truncate(count);
            return;
        }

        for (int position = keys.Count - 1; position >= count; position--)
        {
            int at = (int)Utf8Hash.Compute(keys.GetBytes(position)) & _mask;
            while (slots[at].Next != position + 1) at = (at + 1) & _mask;
            slots[at] = default;
        }

        keys.Truncate(count);
    }

    public void Dispose()
    {
        keys.Dispose();
        if (_slotBytes.Length > 0) pool.Return(_slotBytes);
        _slotBytes = [];
        _mask = -1;
    }

    private void Grow(int known)
    {
        if (_slotBytes.Length > 0) pool.Return(_slotBytes);
        int count = Math.Max(FirstSlots, (_mask + 1) * 2);
        _slotBytes = pool.Rent(count * Unsafe.SizeOf<Slot>(), keys.Name);
        _mask = count - 1;
        Span<Slot> slots = Slots;
        slots.Clear();

        // In the order of positions: the rule about leaving holds only for keys that were entered in that order.
        for (int position = reserved; position < known; position++)
        {
            uint hash = Utf8Hash.Compute(keys.GetBytes(position));
            int at = (int)hash & _mask;
            while (slots[at].Next != 0) at = (at + 1) & _mask;
            slots[at] = new Slot { Hash = hash, Next = position + 1 };
        }
    }
}
