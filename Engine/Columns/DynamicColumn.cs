using ClickSink.Engine.Columns.Parsing;

namespace ClickSink.Engine.Columns;

/// <summary>
/// Dynamic: a text becomes a String, true and false a Bool, a whole number the first of Int64, UInt64 and Int256 that holds it, another
/// number a Float64, an object JSON, an array Array(Dynamic). Types are named to the server only when a row of the block has them.
/// </summary>
internal sealed class DynamicColumn(string name, ColumnType type, BufferPool pool, Func<ColumnType, Column> create)
    : AlternativesColumn(name, type, pool)
{
    /// <summary>Version of the serialization: the first, which ClickHouse 26.5 still reads.</summary>
    private const ulong FirstVersion = 1;
    private const ulong BasicDiscriminators = 0;

    /// <summary>An alternative that every Dynamic of the server has besides those that are named.</summary>
    private const string SharedVariant = "SharedVariant";

    private const int Arrays = 0;
    private const int Bools = 1;
    private const int Floats = 2;
    private const int WideIntegers = 3;
    private const int Integers = 4;
    private const int Objects = 5;
    private const int Texts = 6;
    private const int UnsignedIntegers = 7;

    /// <summary>In the order in which ClickHouse numbers alternatives: by name.</summary>
    private static readonly ColumnType[] Types =
        [.. new[] { "Array(Dynamic)", "Bool", "Float64", "Int256", "Int64", "JSON", "String", "UInt64" }.Select(Parse)];

    private readonly Column?[] _alternatives = new Column?[Types.Length];

    private protected override int ChoiceCount => Types.Length;

    public override AppendOutcome AppendText(ReadOnlySpan<byte> text) => Keep(Texts, MakeAlternative(Texts).AppendText(text));

    public override AppendOutcome AppendNumber(in NumberText number)
    {
        bool isWhole = number.Text.IndexOfAny((byte)'.', (byte)'e', (byte)'E') < 0;
        if (isWhole && MakeAlternative(Integers).AppendNumber(number) == AppendOutcome.Accepted)
            return Keep(Integers, AppendOutcome.Accepted);
        if (isWhole && MakeAlternative(UnsignedIntegers).AppendNumber(number) == AppendOutcome.Accepted)
            return Keep(UnsignedIntegers, AppendOutcome.Accepted);
        if (isWhole && MakeAlternative(WideIntegers).AppendNumber(number) == AppendOutcome.Accepted)
            return Keep(WideIntegers, AppendOutcome.Accepted);
        return Keep(Floats, MakeAlternative(Floats).AppendNumber(number));
    }

    public override AppendOutcome AppendBool(bool value) => Keep(Bools, MakeAlternative(Bools).AppendBool(value));

    public override AppendOutcome AppendJson(ReadOnlySpan<byte> json)
    {
        int choice = json[0] == '{' ? Objects : Arrays;
        return Keep(choice, MakeAlternative(choice).AppendJson(json));
    }

    internal override void WritePrefix(WireSegments output)
    {
        output.WriteUInt64(FirstVersion);
        Column[] used = [.. Used()];

        // The first count is the limit on types, which the server takes from its table; the second is how many follow.
        output.WriteVarint((ulong)used.Length);
        output.WriteVarint((ulong)used.Length);
        foreach (Column alternative in used) output.WriteString(alternative.Type.ToString());
        output.WriteUInt64(BasicDiscriminators);
        foreach (Column alternative in used) alternative.WritePrefix(output);
    }

    internal override void WriteData(WireSegments output)
    {
        // Numbered anew: only the types in use count, and the shared variant among them by its name.
        Span<byte> numbers = stackalloc byte[Null + 1];
        numbers[Null] = Null;
        byte next = 0;
        for (int choice = 0; choice < Types.Length; choice++)
        {
            if (_alternatives[choice] is not { Count: > 0 }) continue;
            bool isBehindShared = string.CompareOrdinal(Types[choice].ToString(), SharedVariant) > 0;
            numbers[choice] = (byte)(next++ + (isBehindShared ? 1 : 0));
        }

        ReadOnlySpan<byte> choices = Choices.Span;
        Span<byte> sent = output.Take(choices.Length);
        for (int row = 0; row < sent.Length; row++) sent[row] = numbers[choices[row]];
        foreach (Column alternative in Used()) alternative.WriteData(output);
    }

    private protected override Column? GetAlternative(int choice) => _alternatives[choice];

    private protected override Column MakeAlternative(int choice) => _alternatives[choice] ??= create(Types[choice]);

    private static ColumnType Parse(string text) =>
        ColumnType.TryParse(text, out ColumnType? type, out string? error) ? type : throw new ArgumentException(error, nameof(text));

    private IEnumerable<Column> Used() => _alternatives.OfType<Column>().Where(alternative => alternative.Count > 0);

    private AppendOutcome Keep(int choice, AppendOutcome outcome)
    {
        if (outcome == AppendOutcome.Accepted) Choose((byte)choice, _alternatives[choice]!.Count - 1);
        return outcome;
    }
}
