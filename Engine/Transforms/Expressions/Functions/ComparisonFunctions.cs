using ClickSink.Engine.Transforms.Expressions.Nodes;
using Text = System.ReadOnlyMemory<byte>;

namespace ClickSink.Engine.Transforms.Expressions.Functions;

/// <summary>
/// <c>== != &lt; &lt;= &gt; &gt;=</c> within a type, and between numbers of different types by their exact values. A comparison with NaN is false, <c>!=</c> aside.
/// </summary>
internal static class ComparisonFunctions
{
    // What Compare gives when one side is NaN.
    private const int Unordered = 2;

    public static void AddTo(FunctionTable table)
    {
        Add<bool, bool>(table, (a, b) => a.CompareTo(b));
        Add<long, long>(table, (a, b) => a.CompareTo(b));
        Add<ulong, ulong>(table, (a, b) => a.CompareTo(b));
        Add<double, double>(table, Compare);
        Add<decimal, decimal>(table, (a, b) => a.CompareTo(b));
        Add<Text, Text>(table, (a, b) => a.Span.SequenceCompareTo(b.Span));
        Add<Blob, Blob>(table, (a, b) => a.Bytes.Span.SequenceCompareTo(b.Bytes.Span));
        Add<Instant, Instant>(table, (a, b) => a.CompareTo(b));
        Add<Elapsed, Elapsed>(table, (a, b) => a.CompareTo(b));
        AddBoth<long, ulong>(table, (a, b) => a < 0 ? -1 : ((ulong)a).CompareTo(b));
        AddBoth<long, double>(table, Compare);
        AddBoth<ulong, double>(table, (a, b) => a <= long.MaxValue ? Compare((long)a, b) : CompareLarge(a, b));
        AddBoth<long, decimal>(table, (a, b) => ((decimal)a).CompareTo(b));
        AddBoth<ulong, decimal>(table, (a, b) => ((decimal)a).CompareTo(b));
    }

    private static void AddBoth<TA, TB>(FunctionTable table, Func<TA, TB, int> compare)
    {
        Add(table, compare);
        Add<TB, TA>(table, (b, a) => compare(a, b) is Unordered ? Unordered : -compare(a, b));
    }

    private static void Add<TA, TB>(FunctionTable table, Func<TA, TB, int> compare)
    {
        AddOrder("_<_", order => order < 0);
        AddOrder("_<=_", order => order <= 0);
        AddOrder("_>_", order => order is > 0 and not Unordered);
        AddOrder("_>=_", order => order is >= 0 and not Unordered);
        AddEquality("_==_", isNegated: false);
        AddEquality("_!=_", isNegated: true);

        void AddOrder(string name, Func<int, bool> holds) => table.Add<TA, TB, bool>(name, (RowScope _, TA a, TB b, out bool r) =>
        {
            // SequenceCompareTo gives any number, so only its sign may be looked at.
            var order = compare(a, b);
            r = holds(order is Unordered && !IsReal<TA, TB>() ? 1 : order);
            return Outcome.Value;
        });

        void AddEquality(string name, bool isNegated) => table.Add(
            name,
            [FunctionTable.TypeOf<TA>().Kind, FunctionTable.TypeOf<TB>().Kind],
            (syntax, a) => new EqualNode<TA, TB>(syntax, (Node<TA>)a[0], (Node<TB>)a[1], (x, y) => compare(x, y) == 0, isNegated));
    }

    private static bool IsReal<TA, TB>() => typeof(TA) == typeof(double) || typeof(TB) == typeof(double);

    private static int Compare(double a, double b) => a < b ? -1 : a > b ? 1 : a == b ? 0 : Unordered;

    // Exactly: not every int has a double, so the double is turned into an int instead, once it is known to fit.
    private static int Compare(long a, double b)
    {
        if (double.IsNaN(b)) return Unordered;
        if (b >= 9_223_372_036_854_775_808.0) return -1;
        if (b < -9_223_372_036_854_775_808.0) return 1;
        var whole = Math.Floor(b);
        var order = a.CompareTo((long)whole);
        return order != 0 ? order : whole < b ? -1 : 0;
    }

    private static int CompareLarge(ulong a, double b)
    {
        if (double.IsNaN(b)) return Unordered;
        if (b >= 18_446_744_073_709_551_616.0) return -1;
        // Doubles of this size have no fraction.
        return b < 9_223_372_036_854_775_808.0 ? 1 : a.CompareTo((ulong)b);
    }
}
