using System.Text;
using ClickSink.Engine.Columns.Parsing;

namespace ClickSink.Engine.Columns;

/// <summary>Bool: one byte, 0 or 1.</summary>
internal sealed class BoolColumn(string name, ColumnType type, BufferPool pool) : FixedColumn<byte>(name, type, pool)
{
    public override AppendOutcome AppendText(ReadOnlySpan<byte> text)
    {
        if (Ascii.EqualsIgnoreCase(text, "true"u8)) return AppendBool(true);
        if (Ascii.EqualsIgnoreCase(text, "false"u8)) return AppendBool(false);
        return NumberText.TryParse(text, out NumberText number) ? AppendNumber(number) : AppendOutcome.NotABool;
    }

    public override AppendOutcome AppendNumber(in NumberText number)
    {
        if (number.IsCut || ScaledInteger.Read(number, scale: 0, out ulong magnitude) != AppendOutcome.Accepted || magnitude > 1)
            return AppendOutcome.NotABool;
        if (number.IsNegative && magnitude != 0) return AppendOutcome.NotABool;
        return AppendBool(magnitude == 1);
    }

    public override AppendOutcome AppendBool(bool value)
    {
        Append(value ? (byte)1 : (byte)0);
        return AppendOutcome.Accepted;
    }
}
