using System.Globalization;
using ClickSink.Engine.Columns.Parsing;
using ClickSink.Engine.Transforms.Expressions.Nodes;
using Text = System.ReadOnlyMemory<byte>;

namespace ClickSink.Engine.Transforms.Expressions.Functions;

/// <summary>Points in time and lengths of time: made from text and numbers, written as text, and taken apart. Months and days count as CEL counts them.</summary>
internal static class TimeFunctions
{
    private static readonly (string Name, Func<DateTime, int, long> Get)[] Getters =
    [
        ("getFullYear", (t, _) => t.Year),
        ("getMonth", (t, _) => t.Month - 1),
        ("getDate", (t, _) => t.Day),
        ("getDayOfMonth", (t, _) => t.Day - 1),
        ("getDayOfWeek", (t, _) => (int)t.DayOfWeek),
        ("getDayOfYear", (t, _) => t.DayOfYear - 1),
        ("getHours", (t, _) => t.Hour),
        ("getMinutes", (t, _) => t.Minute),
        ("getSeconds", (t, _) => t.Second),
        ("getMilliseconds", (_, fraction) => fraction / 1_000_000),
    ];

    public static void AddTo(FunctionTable table)
    {
        table.Add<Instant, Instant>("timestamp", (RowScope _, Instant a, out Instant r) => Done(a, out r));
        table.Add<long, Instant>("timestamp", (RowScope row, long a, out Instant r) => Make(row, a, 0, out r));
        table.Add<Text, Instant>("timestamp", ParseTimestamp);
        table.Add<Elapsed, Elapsed>("duration", (RowScope _, Elapsed a, out Elapsed r) => Done(a, out r));
        table.Add<Text, Elapsed>("duration", (RowScope row, Text a, out Elapsed r) =>
            DurationText.TryParse(a.Span, out r) ? Outcome.Value : row.Fail("the text is no duration such as 90s, 1h30m or 250ms"));
        table.Add<Instant, Text>("string", (RowScope row, Instant a, out Text r) => Done(TimestampWriter.Write(row, a), out r));
        table.Add<Elapsed, Text>("string", (RowScope row, Elapsed a, out Text r) => Done(DurationText.Write(row, a), out r));
        foreach (var (name, get) in Getters)
        {
            table.Add<Instant, long>(name, (RowScope _, Instant a, out long r) => Done(get(a.Utc, a.Fraction), out r));
            table.Add(name, [ExprKind.Timestamp, ExprKind.String], (syntax, a) => InZone(syntax, a, get));
        }

        AddTotal("getHours", 3_600_000_000_000);
        AddTotal("getMinutes", 60_000_000_000);
        AddTotal("getSeconds", Instant.NanosecondsPerSecond);
        AddTotal("getMilliseconds", 1_000_000);

        // Of a duration all of it is counted, not what is left over from the next larger unit.
        void AddTotal(string name, long unit) => table.Add<Elapsed, long>(name, (RowScope _, Elapsed a, out long r) => Done((long)(a.Nanoseconds / unit), out r));
    }

    private static Outcome Done<T>(T value, out T result)
    {
        result = value;
        return Outcome.Value;
    }

    private static Outcome Make(RowScope row, long seconds, int nanoseconds, out Instant result) =>
        Instant.TryMake((Int128)seconds * Instant.NanosecondsPerSecond + nanoseconds, out result) ? Outcome.Value : row.Fail("the point in time is outside of the years 1 to 9999");

    private static Outcome ParseTimestamp(RowScope row, Text text, out Instant result)
    {
        result = default;
        return TimestampText.TryParse(text.Span, out var time)
            ? Make(row, time.Seconds - (time.OffsetSeconds ?? 0), time.Nanoseconds, out result)
            : row.Fail("the text is no timestamp such as 2026-11-21T10:11:12Z");
    }

    private static Node InZone(Syntax.SyntaxNode syntax, IReadOnlyList<Node> arguments, Func<DateTime, int, long> get)
    {
        if (arguments[1] is not ConstantNode<Text> name) throw new ExpressionFault(arguments[1].Syntax.Start, "the time zone must be a literal such as \"Europe/Berlin\" or \"+02:00\"");
        var zone = FindZone(System.Text.Encoding.UTF8.GetString(name.Constant.Span))
            ?? throw new ExpressionFault(arguments[1].Syntax.Start, "the time zone is not known to this machine; write an IANA name such as \"Europe/Berlin\", or an offset such as \"+02:00\"");
        return new CallNode<Instant, long>(ExprType.Int, syntax, (Node<Instant>)arguments[0], (RowScope row, Instant a, out long r) =>
        {
            var local = a.Utc.Ticks + zone.GetUtcOffset(a.Utc).Ticks;
            r = 0;
            if (local < DateTime.MinValue.Ticks || local > DateTime.MaxValue.Ticks) return row.Fail("the local time is outside of the years 1 to 9999");
            return Done(get(new DateTime(local), a.Fraction), out r);
        });
    }

    private static TimeZoneInfo? FindZone(string name)
    {
        if (name.Length > 1 && name[0] is '+' or '-')
        {
            return TimeSpan.TryParseExact(name[1..], "hh\\:mm", CultureInfo.InvariantCulture, out var offset) && offset <= TimeSpan.FromHours(14)
                ? TimeZoneInfo.CreateCustomTimeZone(name, name[0] == '-' ? -offset : offset, name, name)
                : null;
        }

        return TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : null;
    }
}
