using ClickSink.Engine.Columns.Parsing;

namespace ClickSink.Engine.Columns;

/// <summary>Float32: the binary32 that is nearest to the decimal text, which by way of a binary64 would be rounded twice.</summary>
internal sealed class Float32Column(string name, ColumnType type, BufferPool pool) : FixedColumn<float>(name, type, pool)
{
    public override AppendOutcome AppendText(ReadOnlySpan<byte> text)
    {
        if (NumberText.TryParse(text, out NumberText number)) return AppendNumber(number);
        if (!FloatText.TryParseName(text, out double special)) return AppendOutcome.NotANumber;
        Append((float)special);
        return AppendOutcome.Accepted;
    }

    public override AppendOutcome AppendNumber(in NumberText number)
    {
        float value = FloatText.ReadSingle(number);
        if (!float.IsFinite(value)) return AppendOutcome.OutOfRange;
        Append(value);
        return AppendOutcome.Accepted;
    }

    public override AppendOutcome AppendBool(bool value)
    {
        Append(value ? 1 : 0);
        return AppendOutcome.Accepted;
    }
}
