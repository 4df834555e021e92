namespace ClickSink.Engine.Columns;

/// <summary>
/// Nested(a T1, ...): an array of records that ClickHouse stores as one array a field, named <c>name.a</c>; so it is sent. Inside of
/// another type it is one column, an array of tuples.
/// </summary>
internal sealed class NestedColumn : ArrayColumn
{
    private readonly FieldColumn[] _sent;

    public NestedColumn(string name, ColumnType type, TupleColumn records, BufferPool pool) : base(name, type, records, pool) =>
        _sent = [.. type.Elements.Select((element, i) => new FieldColumn(this, $"{name}.{element.Name}", records.Fields[i]))];

    internal override IReadOnlyList<Column> Sent => _sent;

    /// <summary>The columns that a column of a table is sent as: its name, or those of a Nested's fields.</summary>
    public static IEnumerable<TypeElement> Expand(string name, ColumnType type) => type.Kind == TypeKind.Nested
        ? type.Elements.Select(element => new TypeElement($"{name}.{element.Name}", ArrayOf(element.Type)))
        : [new TypeElement(name, type)];

    private static ColumnType ArrayOf(ColumnType type) => new() { Kind = TypeKind.Array, Elements = [new TypeElement(null, type)] };

    /// <summary>One field as the array that is sent for it; it owns nothing and is only ever written.</summary>
    private sealed class FieldColumn(NestedColumn whole, string name, Column values) : Column(name, ArrayOf(values.Type))
    {
        public override long Bytes => values.Bytes;

        public override AppendOutcome AppendText(ReadOnlySpan<byte> text) => throw ReadOnly();

        public override AppendOutcome AppendNumber(in Parsing.NumberText number) => throw ReadOnly();

        public override AppendOutcome AppendBool(bool value) => throw ReadOnly();

        public override void AppendDefault() => throw ReadOnly();

        public override void Truncate(int rows) => throw ReadOnly();

        public override void Dispose()
        {
        }

        internal override void AppendRows(Column source, ReadOnlySpan<int> rows) => throw ReadOnly();

        internal override void WritePrefix(WireSegments output) => values.WritePrefix(output);

        internal override void WriteData(WireSegments output)
        {
            output.Add(whole.EndBytes);
            values.WriteData(output);
        }

        private InvalidOperationException ReadOnly() => new($"{Name} is a view of {whole.Name}: values are appended there.");
    }
}
