using ClickSink.Engine.Columns;
using ClickSink.Engine.Transforms.Expressions.Nodes;
using ClickSink.Engine.Transforms.Expressions.Syntax;

namespace ClickSink.Engine.Transforms.Expressions;

/// <summary>Makes the nodes that reach into lists and maps. Elements are read like columns of their own, of one column and at their own position.</summary>
internal static class Elements
{
    /// <summary>The node of a column of a type Array(T) or Map(K, V); null if expressions cannot read what is in it.</summary>
    public static Node? CreateColumn(SyntaxNode syntax, int column, ColumnType type)
    {
        var isMap = type.Kind is TypeKind.Map;
        var (keys, values) = isMap ? (type.Elements[0].Type, type.Elements[1].Type) : (null, type.Elements[0].Type);
        if (Reader(syntax, values) is not { } value) return null;
        if (!isMap) return new ElementsNode(new ExprType(ExprKind.List, value.Type), syntax, column, values, null);
        return Reader(syntax, keys!) is { } key ? new ElementsNode(new ExprType(ExprKind.Map, value.Type, key.Type), syntax, column, values, keys) : null;
    }

    /// <summary>Access to one element.</summary>
    public static Node At(SyntaxNode syntax, Node target, Node index)
    {
        if (target is not ElementsNode elements) throw new ExpressionFault(syntax.Start, $"{target.Type} has no elements; a list or a map is needed before [ ]");
        var element = Reader(syntax, elements.Values)!;
        if (elements.Keys is null)
        {
            if (index is not Node<long> position) throw new ExpressionFault(index.Syntax.Start, $"a list takes an int in [ ], and this is of the type {index.Type}");
            return TypedNodes.Dispatch(element.Type, new ListMaker(syntax, elements, position, element));
        }

        if (index.Type != elements.Type.Key) throw new ExpressionFault(index.Syntax.Start, $"the map's keys are of the type {elements.Type.Key}, and this is of the type {index.Type}");
        return TypedNodes.Dispatch(index.Type, new KeyMaker(syntax, elements, index, Reader(syntax, elements.Keys)!, element));
    }

    /// <summary>Whether a value is among the elements of a list, or the keys of a map.</summary>
    public static Node Contains(SyntaxNode syntax, Node item, ElementsNode list)
    {
        var element = Reader(syntax, list.Keys ?? list.Values)!;
        if (item.Type != element.Type) throw new ExpressionFault(item.Syntax.Start, $"{list.Type} holds no {item.Type}; convert one side, as in {element.Type}(...)");
        return TypedNodes.Dispatch(element.Type, new ContainsMaker(syntax, item, list, element));
    }

    /// <summary>How many elements there are.</summary>
    public static Node Size(SyntaxNode syntax, ElementsNode list) => new CallNode<ElementRange, long>(ExprType.Int, syntax, list, (RowScope _, ElementRange a, out long r) =>
    {
        r = a.Count;
        return Outcome.Value;
    });

    // Lists of lists are left to the paths of the mapping.
    private static Node? Reader(SyntaxNode syntax, ColumnType type) => type.IsComposite ? null : ColumnReaders.Create(syntax, 0, type);

    private sealed class ListMaker(SyntaxNode syntax, ElementsNode list, Node<long> index, Node element) : TypedNodes.IMaker
    {
        public Node Make<T>(IEqualityComparer<T>? comparer) => new ListElementNode<T>(element.Type, syntax, list, index, (Node<T>)element);
    }

    private sealed class KeyMaker(SyntaxNode syntax, ElementsNode map, Node wanted, Node key, Node element) : TypedNodes.IMaker
    {
        public Node Make<TKey>(IEqualityComparer<TKey>? comparer) => TypedNodes.Dispatch(element.Type, new ValueMaker<TKey>(syntax, map, wanted, key, element, comparer));
    }

    private sealed class ValueMaker<TKey>(SyntaxNode syntax, ElementsNode map, Node wanted, Node key, Node element, IEqualityComparer<TKey>? keys) : TypedNodes.IMaker
    {
        public Node Make<T>(IEqualityComparer<T>? comparer) =>
            new MapValueNode<TKey, T>(element.Type, syntax, map, (Node<TKey>)wanted, (Node<TKey>)key, (Node<T>)element, keys ?? EqualityComparer<TKey>.Default);
    }

    private sealed class ContainsMaker(SyntaxNode syntax, Node item, ElementsNode list, Node element) : TypedNodes.IMaker
    {
        public Node Make<T>(IEqualityComparer<T>? comparer) =>
            new ContainsNode<T>(syntax, (Node<T>)item, list, (Node<T>)element, comparer ?? EqualityComparer<T>.Default);
    }
}
