using ClickSink.Engine.Columns;
using ClickSink.Engine.Transforms.Expressions.Syntax;

namespace ClickSink.Engine.Transforms.Expressions.Nodes;

/// <summary>Reads a row of a column whose class is <typeparamref name="TColumn"/>.</summary>
internal delegate T ColumnRead<in TColumn, out T>(RowScope scope, TColumn column, int row);

/// <summary>The value of a column that has no null.</summary>
internal sealed class ColumnNode<TColumn, T>(ExprType type, SyntaxNode syntax, int column, ColumnRead<TColumn, T> read) : Node<T>(type, syntax)
    where TColumn : Column
{
    public override Outcome Evaluate(RowScope row, out T value)
    {
        value = read(row, (TColumn)row.Columns[column], row.Row);
        return Outcome.Value;
    }
}

/// <summary>The value of a column of a type Nullable(T).</summary>
internal sealed class NullableColumnNode<TColumn, T>(ExprType type, SyntaxNode syntax, int column, ColumnRead<TColumn, T> read) : Node<T>(type, syntax)
    where TColumn : Column
{
    public override Outcome Evaluate(RowScope row, out T value)
    {
        var nullable = (NullableColumn)row.Columns[column];
        if (nullable.Nulls[row.Row])
        {
            value = default!;
            return Outcome.Null;
        }

        value = read(row, (TColumn)nullable.Values, row.Row);
        return Outcome.Value;
    }
}

/// <summary>The text of a column of a type LowCardinality(String) or LowCardinality(Nullable(String)).</summary>
internal sealed class LowCardinalityNode(SyntaxNode syntax, int column, bool isNullable) : Node<ReadOnlyMemory<byte>>(ExprType.String, syntax)
{
    public override Outcome Evaluate(RowScope row, out ReadOnlyMemory<byte> value)
    {
        var texts = (LowCardinalityColumn)row.Columns[column];
        var position = texts.GetPosition(row.Row);
        // The first key stands for null where the type has it.
        if (isNullable && position == 0)
        {
            value = default;
            return Outcome.Null;
        }

        value = ((StringColumn)texts.Keys).GetMemory(position);
        return Outcome.Value;
    }
}
