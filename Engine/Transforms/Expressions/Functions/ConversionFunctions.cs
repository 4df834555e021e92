using System.Buffers.Text;
using System.Globalization;
using System.Text.Unicode;
using ClickSink.Engine.Columns.Parsing;
using Text = System.ReadOnlyMemory<byte>;

namespace ClickSink.Engine.Transforms.Expressions.Functions;

/// <summary><c>int() uint() double() decimal() string() bytes() bool()</c>. What the target type cannot hold is an error; fractions are cut off towards zero.</summary>
internal static class ConversionFunctions
{
    private const string OutOfRange = "the value is outside of the type's range";
    private const int MaxNumberBytes = 32;

    public static void AddTo(FunctionTable table)
    {
        AddInt(table);
        AddUInt(table);
        AddReal(table);
        AddString(table);
        table.Add<Text, Blob>("bytes", (RowScope _, Text a, out Blob r) => Done(new Blob(a), out r));
        table.Add<Blob, Blob>("bytes", (RowScope _, Blob a, out Blob r) => Done(a, out r));
        table.Add<bool, bool>("bool", (RowScope _, bool a, out bool r) => Done(a, out r));
        table.Add<Text, bool>("bool", (RowScope row, Text a, out bool r) =>
        {
            r = System.Text.Ascii.EqualsIgnoreCase(a.Span, "true"u8);
            return r || System.Text.Ascii.EqualsIgnoreCase(a.Span, "false"u8) ? Outcome.Value : row.Fail("the text is neither true nor false");
        });
    }

    private static void AddInt(FunctionTable table)
    {
        table.Add<long, long>("int", (RowScope _, long a, out long r) => Done(a, out r));
        table.Add<ulong, long>("int", (RowScope row, ulong a, out long r) => Check(row, a <= long.MaxValue, unchecked((long)a), out r));
        // The bounds are powers of two, which doubles hold exactly; NaN is within none.
        table.Add<double, long>("int", (RowScope row, double a, out long r) => Check(row, a is >= -9_223_372_036_854_775_808.0 and < 9_223_372_036_854_775_808.0, unchecked((long)a), out r));
        table.Add<decimal, long>("int", (RowScope row, decimal a, out long r) =>
        {
            var fits = decimal.Truncate(a) is >= long.MinValue and <= long.MaxValue;
            return Check(row, fits, fits ? (long)a : 0, out r);
        });
        table.Add<Text, long>("int", (RowScope row, Text a, out long r) =>
            long.TryParse(a.Span, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out r) ? Outcome.Value : row.Fail("the text is no whole number of 64 bits"));
        table.Add<Instant, long>("int", (RowScope _, Instant a, out long r) => Done(a.Seconds, out r));
    }

    private static void AddUInt(FunctionTable table)
    {
        table.Add<ulong, ulong>("uint", (RowScope _, ulong a, out ulong r) => Done(a, out r));
        table.Add<long, ulong>("uint", (RowScope row, long a, out ulong r) => Check(row, a >= 0, unchecked((ulong)a), out r));
        table.Add<double, ulong>("uint", (RowScope row, double a, out ulong r) => Check(row, a is > -1 and < 18_446_744_073_709_551_616.0, unchecked((ulong)a), out r));
        table.Add<decimal, ulong>("uint", (RowScope row, decimal a, out ulong r) =>
        {
            var fits = decimal.Truncate(a) is >= 0 and <= ulong.MaxValue;
            return Check(row, fits, fits ? (ulong)decimal.Truncate(a) : 0, out r);
        });
        table.Add<Text, ulong>("uint", (RowScope row, Text a, out ulong r) =>
            ulong.TryParse(a.Span, NumberStyles.None, CultureInfo.InvariantCulture, out r) ? Outcome.Value : row.Fail("the text is no whole number from 0 to 64 bits"));
    }

    private static void AddReal(FunctionTable table)
    {
        table.Add<double, double>("double", (RowScope _, double a, out double r) => Done(a, out r));
        table.Add<long, double>("double", (RowScope _, long a, out double r) => Done(a, out r));
        table.Add<ulong, double>("double", (RowScope _, ulong a, out double r) => Done(a, out r));
        table.Add<decimal, double>("double", (RowScope _, decimal a, out double r) => Done((double)a, out r));
        table.Add<Text, double>("double", (RowScope row, Text a, out double r) =>
            double.TryParse(a.Span, NumberStyles.Float & ~(NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite), CultureInfo.InvariantCulture, out r) || FloatText.TryParseName(a.Span, out r)
                ? Outcome.Value
                : row.Fail("the text is no number"));
        table.Add<decimal, decimal>("decimal", (RowScope _, decimal a, out decimal r) => Done(a, out r));
        table.Add<long, decimal>("decimal", (RowScope _, long a, out decimal r) => Done(a, out r));
        table.Add<ulong, decimal>("decimal", (RowScope _, ulong a, out decimal r) => Done(a, out r));
        table.Add<Text, decimal>("decimal", (RowScope row, Text a, out decimal r) =>
            decimal.TryParse(a.Span, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out r)
                ? Outcome.Value
                : row.Fail("the text is no decimal number of up to 28 digits"));
    }

    private static void AddString(FunctionTable table)
    {
        table.Add<Text, Text>("string", (RowScope _, Text a, out Text r) => Done(a, out r));
        table.Add<bool, Text>("string", (RowScope _, bool a, out Text r) => Done(a ? True : False, out r));
        table.Add<long, Text>("string", (RowScope row, long a, out Text r) =>
        {
            var room = row.Take(MaxNumberBytes);
            Utf8Formatter.TryFormat(a, room.Span, out var written);
            return Done(room[..written], out r);
        });
        table.Add<ulong, Text>("string", (RowScope row, ulong a, out Text r) =>
        {
            var room = row.Take(MaxNumberBytes);
            Utf8Formatter.TryFormat(a, room.Span, out var written);
            return Done(room[..written], out r);
        });
        table.Add<double, Text>("string", (RowScope row, double a, out Text r) =>
        {
            var room = row.Take(MaxNumberBytes);
            a.TryFormat(room.Span, out var written, default, CultureInfo.InvariantCulture);
            return Done(room[..written], out r);
        });
        table.Add<decimal, Text>("string", (RowScope row, decimal a, out Text r) =>
        {
            var room = row.Take(MaxNumberBytes);
            a.TryFormat(room.Span, out var written, default, CultureInfo.InvariantCulture);
            return Done(room[..written], out r);
        });
        table.Add<Blob, Text>("string", (RowScope row, Blob a, out Text r) =>
        {
            r = a.Bytes;
            return Utf8.IsValid(a.Bytes.Span) ? Outcome.Value : row.Fail("the bytes are no text in UTF-8");
        });
    }

    private static Text True { get; } = "true"u8.ToArray();

    private static Text False { get; } = "false"u8.ToArray();

    private static Outcome Done<T>(T value, out T result)
    {
        result = value;
        return Outcome.Value;
    }

    private static Outcome Check<T>(RowScope row, bool fits, T value, out T result)
    {
        result = value;
        return fits ? Outcome.Value : row.Fail(OutOfRange);
    }
}
