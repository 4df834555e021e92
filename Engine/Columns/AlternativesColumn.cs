using System.Runtime.InteropServices;

namespace ClickSink.Engine.Columns;

/// <summary>
/// What Variant and Dynamic share: a byte a row that says which of several columns has the value, then those columns. Beside the bytes lies
/// each row's position in its column (4 bytes a row, never sent), so that rows can be read and taken back.
/// </summary>
internal abstract class AlternativesColumn : Column
{
    /// <summary>The byte of a row that is null.</summary>
    private protected const byte Null = 255;

    private WireBuffer _choices;
    private WireBuffer _positions;

    private protected AlternativesColumn(string name, ColumnType type, BufferPool pool) : base(name, type)
    {
        _choices = new WireBuffer(pool, name);
        _positions = new WireBuffer(pool, name);
    }

    public override long Bytes
    {
        get
        {
            long bytes = _choices.Length;
            for (int choice = 0; choice < ChoiceCount; choice++) bytes += GetAlternative(choice)?.Bytes ?? 0;
            return bytes;
        }
    }

    /// <summary>How many alternatives there can be.</summary>
    private protected abstract int ChoiceCount { get; }

    private protected ReadOnlyMemory<byte> Choices => _choices.Memory;

    /// <summary>The column that has a row's value, and where in it; no column if the row is null.</summary>
    public (Column? Values, int Position) Find(int row)
    {
        byte choice = _choices.Written[row];
        return choice == Null ? (null, 0) : (GetAlternative(choice), MemoryMarshal.Cast<byte, int>(_positions.Written)[row]);
    }

    public sealed override void AppendDefault() => AppendNull();

    public sealed override bool AppendNull()
    {
        Choose(Null, 0);
        return true;
    }

    public sealed override void Truncate(int rows)
    {
        if (rows >= Count) return;
        ReadOnlySpan<byte> choices = _choices.Written;
        ReadOnlySpan<int> positions = MemoryMarshal.Cast<byte, int>(_positions.Written);

        // From the end, so that the last one that touches a column leaves it with what came before the first of its dropped rows.
        for (int row = Count - 1; row >= rows; row--)
        {
            if (choices[row] != Null) GetAlternative(choices[row])!.Truncate(positions[row]);
        }

        _choices.Truncate(rows);
        _positions.Truncate(rows * sizeof(int));
        Count = rows;
    }

    public override void Dispose()
    {
        _choices.Dispose();
        _positions.Dispose();
        for (int choice = 0; choice < ChoiceCount; choice++) GetAlternative(choice)?.Dispose();
    }

    internal sealed override void AppendRows(Column source, ReadOnlySpan<int> rows)
    {
        var from = (AlternativesColumn)source;
        foreach (int row in rows)
        {
            byte choice = from._choices.Written[row];
            (Column? values, int position) = from.Find(row);
            if (values is null)
            {
                AppendNull();
                continue;
            }

            Column target = MakeAlternative(choice);
            target.AppendRows(values, [position]);
            Choose(choice, target.Count - 1);
        }
    }

    /// <summary>The column of a choice; null if there is none yet.</summary>
    private protected abstract Column? GetAlternative(int choice);

    /// <summary>The column of a choice, made if needed.</summary>
    private protected abstract Column MakeAlternative(int choice);

    /// <summary>Says where the value of the next row is.</summary>
    private protected void Choose(byte choice, int position)
    {
        _choices.Write(choice);
        _positions.Write(position);
        Count++;
    }
}
