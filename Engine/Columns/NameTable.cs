using System.Text;

namespace ClickSink.Engine.Columns;

/// <summary>Finds the position of a text among a few that never change.</summary>
internal sealed class NameTable
{
    private readonly byte[][] _names;
    private readonly int[] _slots; // position + 1; 0 is free

    public NameTable(IEnumerable<string> names)
    {
        _names = [.. names.Select(Encoding.UTF8.GetBytes)];
        _slots = new int[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)_names.Length * 2)];
        for (int position = 0; position < _names.Length; position++)
        {
            int at = (int)Utf8Hash.Compute(_names[position]) & (_slots.Length - 1);
            while (_slots[at] != 0) at = (at + 1) & (_slots.Length - 1);
            _slots[at] = position + 1;
        }
    }

    /// <summary>The position; -1 if the text is not among them.</summary>
    public int Find(ReadOnlySpan<byte> name)
    {
        int at = (int)Utf8Hash.Compute(name) & (_slots.Length - 1);
        for (; _slots[at] != 0; at = (at + 1) & (_slots.Length - 1))
        {
            if (name.SequenceEqual(_names[_slots[at] - 1])) return _slots[at] - 1;
        }

        return -1;
    }
}
