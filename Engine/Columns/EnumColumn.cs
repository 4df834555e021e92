using System.Numerics;
using ClickSink.Engine.Columns.Parsing;

namespace ClickSink.Engine.Columns;

/// <summary>
/// Enum8 and Enum16: the number of a name. A text is a name, or one of the numbers; the default is the lowest number, as in ClickHouse.
/// </summary>
internal sealed class EnumColumn<T> : FixedColumn<T> where T : unmanaged, IBinaryInteger<T>
{
    private readonly NameTable _names;
    private readonly T[] _numbers;
    private readonly HashSet<short> _known;

    public EnumColumn(string name, ColumnType type, BufferPool pool) : base(name, type, pool)
    {
        _names = new NameTable(type.Names.Select(value => value.Name));
        _numbers = [.. type.Names.Select(value => T.CreateChecked(value.Number))];
        _known = [.. type.Names.Select(value => value.Number)];
    }

    public override AppendOutcome AppendText(ReadOnlySpan<byte> text)
    {
        int position = _names.Find(text);
        if (position < 0) return NumberText.TryParse(text, out NumberText number) ? AppendNumber(number) : AppendOutcome.NotInEnum;
        Append(_numbers[position]);
        return AppendOutcome.Accepted;
    }

    public override AppendOutcome AppendNumber(in NumberText number)
    {
        const ulong Largest = (ulong)short.MaxValue + 1;
        AppendOutcome outcome = ScaledInteger.Read(number, scale: 0, out ulong magnitude);
        if (outcome != AppendOutcome.Accepted || magnitude > Largest) return AppendOutcome.NotInEnum;
        int value = number.IsNegative ? -(int)magnitude : (int)magnitude;
        if (value > short.MaxValue || !_known.Contains((short)value)) return AppendOutcome.NotInEnum;
        Append(T.CreateTruncating(value));
        return AppendOutcome.Accepted;
    }

    public override AppendOutcome AppendBool(bool value) => AppendOutcome.NotInEnum;

    public override void AppendDefault() => Append(_numbers[0]);
}
