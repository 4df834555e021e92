using Text = System.ReadOnlyMemory<byte>;

namespace ClickSink.Engine.Transforms.Expressions.Functions;

/// <summary><c>+ - * / %</c> and <c>-x</c>. Nothing wraps: what leaves the range of its type is an error, as is a division by zero.</summary>
internal static class ArithmeticFunctions
{
    private const string Overflow = "the result is outside of the type's range";
    private const string ByZero = "division by zero";

    public static void AddTo(FunctionTable table)
    {
        AddInt(table);
        AddUInt(table);
        AddDouble(table);
        AddDecimal(table);
        AddTime(table);
        table.Add<Text, Text, Text>("_+_", (RowScope row, Text a, Text b, out Text r) =>
        {
            r = Join(row, a, b);
            return Outcome.Value;
        });
        table.Add<Blob, Blob, Blob>("_+_", (RowScope row, Blob a, Blob b, out Blob r) =>
        {
            r = new Blob(Join(row, a.Bytes, b.Bytes));
            return Outcome.Value;
        });
    }

    private static void AddInt(FunctionTable table)
    {
        table.Add<long, long, long>("_+_", (RowScope row, long a, long b, out long r) =>
        {
            r = unchecked(a + b);
            return ((a ^ r) & (b ^ r)) < 0 ? row.Fail(Overflow) : Outcome.Value;
        });
        table.Add<long, long, long>("_-_", (RowScope row, long a, long b, out long r) =>
        {
            r = unchecked(a - b);
            return ((a ^ b) & (a ^ r)) < 0 ? row.Fail(Overflow) : Outcome.Value;
        });
        table.Add<long, long, long>("_*_", (RowScope row, long a, long b, out long r) => Math.BigMul(a, b, out r) != r >> 63 ? row.Fail(Overflow) : Outcome.Value);
        table.Add<long, long, long>("_/_", (RowScope row, long a, long b, out long r) =>
        {
            r = 0;
            if (b == 0) return row.Fail(ByZero);
            if (b == -1 && a == long.MinValue) return row.Fail(Overflow);
            r = a / b;
            return Outcome.Value;
        });
        table.Add<long, long, long>("_%_", (RowScope row, long a, long b, out long r) =>
        {
            r = 0;
            if (b == 0) return row.Fail(ByZero);
            if (b == -1 && a == long.MinValue) return row.Fail(Overflow);
            r = a % b;
            return Outcome.Value;
        });
        table.Add<long, long>("-_", (RowScope row, long a, out long r) =>
        {
            r = unchecked(-a);
            return a == long.MinValue ? row.Fail(Overflow) : Outcome.Value;
        });
    }

    private static void AddUInt(FunctionTable table)
    {
        table.Add<ulong, ulong, ulong>("_+_", (RowScope row, ulong a, ulong b, out ulong r) => (r = unchecked(a + b)) < a ? row.Fail(Overflow) : Outcome.Value);
        table.Add<ulong, ulong, ulong>("_-_", (RowScope row, ulong a, ulong b, out ulong r) =>
        {
            r = unchecked(a - b);
            return b > a ? row.Fail(Overflow) : Outcome.Value;
        });
        table.Add<ulong, ulong, ulong>("_*_", (RowScope row, ulong a, ulong b, out ulong r) => Math.BigMul(a, b, out r) != 0 ? row.Fail(Overflow) : Outcome.Value);
        table.Add<ulong, ulong, ulong>("_/_", (RowScope row, ulong a, ulong b, out ulong r) =>
        {
            r = b == 0 ? 0 : a / b;
            return b == 0 ? row.Fail(ByZero) : Outcome.Value;
        });
        table.Add<ulong, ulong, ulong>("_%_", (RowScope row, ulong a, ulong b, out ulong r) =>
        {
            r = b == 0 ? 0 : a % b;
            return b == 0 ? row.Fail(ByZero) : Outcome.Value;
        });
    }

    private static void AddDouble(FunctionTable table)
    {
        Add("_+_", (a, b) => a + b);
        Add("_-_", (a, b) => a - b);
        Add("_*_", (a, b) => a * b);
        Add("_/_", (a, b) => a / b);
        table.Add<double, double>("-_", (RowScope _, double a, out double r) =>
        {
            r = -a;
            return Outcome.Value;
        });

        void Add(string name, Func<double, double, double> compute) => table.Add<double, double, double>(name, (RowScope _, double a, double b, out double r) =>
        {
            r = compute(a, b);
            return Outcome.Value;
        });
    }

    private static void AddDecimal(FunctionTable table)
    {
        Add("_+_", decimal.Add);
        Add("_-_", decimal.Subtract);
        Add("_*_", decimal.Multiply);
        Add("_/_", decimal.Divide);
        Add("_%_", decimal.Remainder);
        table.Add<decimal, decimal>("-_", (RowScope _, decimal a, out decimal r) =>
        {
            r = -a;
            return Outcome.Value;
        });

        void Add(string name, Func<decimal, decimal, decimal> compute) => table.Add<decimal, decimal, decimal>(name, (RowScope row, decimal a, decimal b, out decimal r) =>
        {
            r = 0;
            if (b == 0 && name is "_/_" or "_%_") return row.Fail(ByZero);
            try
            {
                r = compute(a, b);
                return Outcome.Value;
            }
            catch (OverflowException)
            {
                // .NET has no arithmetic on decimals that tells an overflow without throwing; rows that do it are few.
                return row.Fail(Overflow);
            }
        });
    }

    private static void AddTime(FunctionTable table)
    {
        table.Add<Instant, Instant, Elapsed>("_-_", (RowScope row, Instant a, Instant b, out Elapsed r) => Make(row, a.Nanoseconds - b.Nanoseconds, out r));
        table.Add<Elapsed, Elapsed, Elapsed>("_+_", (RowScope row, Elapsed a, Elapsed b, out Elapsed r) => Make(row, a.Nanoseconds + b.Nanoseconds, out r));
        table.Add<Elapsed, Elapsed, Elapsed>("_-_", (RowScope row, Elapsed a, Elapsed b, out Elapsed r) => Make(row, a.Nanoseconds - b.Nanoseconds, out r));
        table.Add<Instant, Elapsed, Instant>("_+_", (RowScope row, Instant a, Elapsed b, out Instant r) => Make(row, a.Nanoseconds + b.Nanoseconds, out r));
        table.Add<Elapsed, Instant, Instant>("_+_", (RowScope row, Elapsed a, Instant b, out Instant r) => Make(row, a.Nanoseconds + b.Nanoseconds, out r));
        table.Add<Instant, Elapsed, Instant>("_-_", (RowScope row, Instant a, Elapsed b, out Instant r) => Make(row, a.Nanoseconds - b.Nanoseconds, out r));
    }

    private static Outcome Make(RowScope row, Int128 nanoseconds, out Instant result) => Instant.TryMake(nanoseconds, out result) ? Outcome.Value : row.Fail(Overflow);

    private static Outcome Make(RowScope row, Int128 nanoseconds, out Elapsed result) => Elapsed.TryMake(nanoseconds, out result) ? Outcome.Value : row.Fail(Overflow);

    private static Text Join(RowScope row, Text a, Text b)
    {
        var joined = row.Take(a.Length + b.Length);
        a.CopyTo(joined);
        b.CopyTo(joined[a.Length..]);
        return joined;
    }
}
