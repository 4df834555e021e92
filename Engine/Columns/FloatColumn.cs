using System.Numerics;
using ClickSink.Engine.Columns.Parsing;

namespace ClickSink.Engine.Columns;

/// <summary>Float32 and Float64: the nearest value that the type has to the decimal text.</summary>
internal sealed class FloatColumn<T>(string name, ColumnType type, BufferPool pool) : FixedColumn<T>(name, type, pool)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override AppendOutcome AppendText(ReadOnlySpan<byte> text)
    {
        if (NumberText.TryParse(text, out NumberText number)) return AppendNumber(number);
        if (!FloatText.TryParseName(text, out double special)) return AppendOutcome.NotANumber;
        Append(T.CreateTruncating(special));
        return AppendOutcome.Accepted;
    }

    public override AppendOutcome AppendNumber(in NumberText number)
    {
        T value;
        // The test is settled when the code is compiled. A Float32 is read on its own: by way of a double it would be rounded twice.
        if (typeof(T) == typeof(float))
            value = T.CreateTruncating(FloatText.ReadSingle(number));
        else
            value = T.CreateTruncating(FloatText.ReadDouble(number));

        if (!T.IsFinite(value)) return AppendOutcome.OutOfRange;
        Append(value);
        return AppendOutcome.Accepted;
    }

    public override AppendOutcome AppendBool(bool value)
    {
        Append(value ? T.One : T.Zero);
        return AppendOutcome.Accepted;
    }
}
