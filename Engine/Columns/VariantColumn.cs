using ClickSink.Engine.Columns.Parsing;

namespace ClickSink.Engine.Columns;

/// <summary>
/// Variant(T1, ...): a value goes to the first alternative, in the order of the mapping, to which its kind of JSON value belongs and that
/// takes it; if there is none, to the first that takes it at all. Text types come last in either round, whole numbers before decimals,
/// decimals before floats.
/// </summary>
internal sealed class VariantColumn : AlternativesColumn
{
    /// <summary>The discriminators are sent as they are.</summary>
    private const ulong BasicDiscriminators = 0;

    // In the order in which ClickHouse numbers them: by name.
    private readonly Column[] _alternatives;
    private readonly byte[] _forText;
    private readonly byte[] _forNumber;
    private readonly byte[] _forBool;
    private readonly byte[] _forObject;
    private readonly byte[] _forArray;

    public VariantColumn(string name, ColumnType type, BufferPool pool, Func<ColumnType, Column> create) : base(name, type, pool)
    {
        ColumnType[] types = [.. type.Elements.Select(element => element.Type)];
        _alternatives = [.. types.OrderBy(alternative => alternative.ToString(), StringComparer.Ordinal).Select(create)];
        byte[] written = [.. types.Select(alternative => (byte)Array.FindIndex(_alternatives, column => column.Type.Equals(alternative)))];
        _forText = Order(written, TypeFamily.Text);
        _forNumber = Order(written, TypeFamily.Number);
        _forBool = Order(written, TypeFamily.Bool);
        _forObject = Order(written, TypeFamily.Object);
        _forArray = Order(written, TypeFamily.Array);
    }

    private protected override int ChoiceCount => _alternatives.Length;

    public override AppendOutcome AppendText(ReadOnlySpan<byte> text)
    {
        foreach (byte choice in _forText)
        {
            if (_alternatives[choice].AppendText(text) == AppendOutcome.Accepted) return Keep(choice);
        }

        return AppendOutcome.FitsNoAlternative;
    }

    public override AppendOutcome AppendNumber(in NumberText number)
    {
        foreach (byte choice in _forNumber)
        {
            if (_alternatives[choice].AppendNumber(number) == AppendOutcome.Accepted) return Keep(choice);
        }

        return AppendOutcome.FitsNoAlternative;
    }

    public override AppendOutcome AppendBool(bool value)
    {
        foreach (byte choice in _forBool)
        {
            if (_alternatives[choice].AppendBool(value) == AppendOutcome.Accepted) return Keep(choice);
        }

        return AppendOutcome.FitsNoAlternative;
    }

    public override AppendOutcome AppendJson(ReadOnlySpan<byte> json)
    {
        foreach (byte choice in json[0] == '{' ? _forObject : _forArray)
        {
            if (_alternatives[choice].AppendJson(json) == AppendOutcome.Accepted) return Keep(choice);
        }

        return AppendOutcome.FitsNoAlternative;
    }

    internal override void WritePrefix(WireSegments output)
    {
        output.WriteUInt64(BasicDiscriminators);
        foreach (Column alternative in _alternatives) alternative.WritePrefix(output);
    }

    internal override void WriteData(WireSegments output)
    {
        output.Add(Choices);
        foreach (Column alternative in _alternatives) alternative.WriteData(output);
    }

    private protected override Column GetAlternative(int choice) => _alternatives[choice];

    private protected override Column MakeAlternative(int choice) => _alternatives[choice];

    private AppendOutcome Keep(byte choice)
    {
        Choose(choice, _alternatives[choice].Count - 1);
        return AppendOutcome.Accepted;
    }

    private byte[] Order(byte[] written, TypeFamily family) =>
        [.. written.OrderBy(choice => TypeFamilies.Of(_alternatives[choice].Type) == family ? 0 : 1).ThenBy(choice => TypeFamilies.Rank(_alternatives[choice].Type))];
}
