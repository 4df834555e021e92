using ClickSink.Engine.Columns.Parsing;

namespace ClickSink.Engine.Columns;

/// <summary>Float64: the binary64 that is nearest to the decimal text.</summary>
internal sealed class Float64Column(string name, ColumnType type, BufferPool pool) : FixedColumn<double>(name, type, pool)
{
    public override AppendOutcome AppendText(ReadOnlySpan<byte> text)
    {
        if (NumberText.TryParse(text, out NumberText number)) return AppendNumber(number);
        if (!FloatText.TryParseName(text, out double special)) return AppendOutcome.NotANumber;
        Append(special);
        return AppendOutcome.Accepted;
    }

    public override AppendOutcome AppendNumber(in NumberText number)
    {
        double value = FloatText.ReadDouble(number);
        if (!double.IsFinite(value)) return AppendOutcome.OutOfRange;
        Append(value);
        return AppendOutcome.Accepted;
    }

    public override AppendOutcome AppendBool(bool value)
    {
        Append(value ? 1 : 0);
        return AppendOutcome.Accepted;
    }
}
