using System.Numerics;
using System.Runtime.CompilerServices;
using ClickSink.Engine.Columns.Parsing;

namespace ClickSink.Engine.Columns;

/// <summary>Int8 to Int64 and UInt8 to UInt64.</summary>
internal sealed class IntegerColumn<T>(string name, ColumnType type, BufferPool pool) : FixedColumn<T>(name, type, pool)
    where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
{
    private static readonly ulong Largest = ulong.CreateTruncating(T.MaxValue);
    private static readonly ulong LargestNegative = T.IsNegative(T.MinValue) ? Largest + 1 : 0;

    public override AppendOutcome AppendText(ReadOnlySpan<byte> text) =>
        NumberText.TryParse(text, out NumberText number) ? AppendNumber(number) : AppendOutcome.NotANumber;

    public override AppendOutcome AppendNumber(in NumberText number)
    {
        ulong magnitude = number.Digits;
        if (number.Exponent != 0 || number.IsCut)
        {
            AppendOutcome outcome = ScaledInteger.Read(number, scale: 0, out magnitude);
            if (outcome != AppendOutcome.Accepted)
                return outcome == AppendOutcome.TooPrecise ? AppendOutcome.NotAWholeNumber : outcome;
        }

        return Append(magnitude, number.IsNegative);
    }

    public override AppendOutcome AppendInteger(long value) => Append(value < 0 ? 0 - (ulong)value : (ulong)value, value < 0);

    public override AppendOutcome AppendBool(bool value)
    {
        Append(value ? T.One : T.Zero);
        return AppendOutcome.Accepted;
    }

    private AppendOutcome Append(ulong magnitude, bool isNegative)
    {
        if (magnitude > (isNegative ? LargestNegative : Largest)) return AppendOutcome.OutOfRange;
        Append(Narrow(isNegative ? 0 - magnitude : magnitude));
        return AppendOutcome.Accepted;
    }

    /// <summary>The low bytes. CreateTruncating would do, but it boxes until the code is optimized.</summary>
    private static T Narrow(ulong value) => Unsafe.As<ulong, T>(ref value);
}
