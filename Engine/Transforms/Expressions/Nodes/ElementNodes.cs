using ClickSink.Engine.Columns;
using ClickSink.Engine.Transforms.Expressions.Syntax;

namespace ClickSink.Engine.Transforms.Expressions.Nodes;

/// <summary>A column of a type Array(T) or Map(K, V), as the elements of the row.</summary>
internal sealed class ElementsNode(ExprType type, SyntaxNode syntax, int column, ColumnType values, ColumnType? keys) : Node<ElementRange>(type, syntax)
{
    /// <summary>The type of the values, as the column has it.</summary>
    public ColumnType Values => values;

    /// <summary>The type of a map's keys, as the column has it; null for a list.</summary>
    public ColumnType? Keys => keys;

    public override Outcome Evaluate(RowScope row, out ElementRange value)
    {
        value = row.Columns[column] switch
        {
            MapColumn map => new ElementRange(map.Keys, map.Values, map.GetRange(row.Row)),
            ArrayColumn array => new ElementRange(null, array.Elements, array.GetRange(row.Row)),
            _ => throw new InvalidOperationException($"The column is no list and no map, but {row.Columns[column].Type}."),
        };
        return Outcome.Value;
    }
}

/// <summary><c>list[n]</c>; null if there is no such element.</summary>
internal sealed class ListElementNode<T>(ExprType type, SyntaxNode syntax, Node<ElementRange> list, Node<long> index, Node<T> element) : Node<T>(type, syntax)
{
    public override Outcome Evaluate(RowScope row, out T value)
    {
        value = default!;
        list.Evaluate(row, out var elements);
        var outcome = index.Evaluate(row, out var at);
        if (outcome is not Outcome.Value) return outcome;
        return at < 0 || at >= elements.Count ? Outcome.Null : element.Evaluate(row.At(elements.Values, elements.First + (int)at), out value);
    }
}

/// <summary><c>map[key]</c> and <c>map.key</c>; null if there is no such key. Of a key that stands twice the last counts.</summary>
internal sealed class MapValueNode<TKey, T>(
    ExprType type, SyntaxNode syntax, Node<ElementRange> map, Node<TKey> wanted, Node<TKey> key, Node<T> element, IEqualityComparer<TKey> comparer) : Node<T>(type, syntax)
{
    public override Outcome Evaluate(RowScope row, out T value)
    {
        value = default!;
        map.Evaluate(row, out var elements);
        var outcome = wanted.Evaluate(row, out var name);
        if (outcome is not Outcome.Value) return outcome;
        for (var at = elements.First + elements.Count - 1; at >= elements.First; at--)
        {
            if (key.Evaluate(row.At(elements.Keys!, at), out var found) is Outcome.Value && comparer.Equals(found, name))
                return element.Evaluate(row.At(elements.Values, at), out value);
        }

        return Outcome.Null;
    }
}

/// <summary><c>x in list</c>, and <c>x in map</c> for its keys.</summary>
internal sealed class ContainsNode<T>(SyntaxNode syntax, Node<T> item, Node<ElementRange> list, Node<T> element, IEqualityComparer<T> comparer) : Node<bool>(ExprType.Bool, syntax)
{
    public override Outcome Evaluate(RowScope row, out bool value)
    {
        value = false;
        list.Evaluate(row, out var elements);
        var outcome = item.Evaluate(row, out var wanted);
        if (outcome is not Outcome.Value) return outcome;
        var column = elements.Keys ?? elements.Values;
        for (var at = elements.First; at < elements.First + elements.Count && !value; at++)
            value = element.Evaluate(row.At(column, at), out var found) is Outcome.Value && comparer.Equals(found, wanted);
        return Outcome.Value;
    }
}
