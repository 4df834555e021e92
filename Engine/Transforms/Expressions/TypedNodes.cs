using ClickSink.Engine.Transforms.Expressions.Nodes;
using ClickSink.Engine.Transforms.Expressions.Syntax;

namespace ClickSink.Engine.Transforms.Expressions;

/// <summary>Makes generic nodes for a type that is known as a value only.</summary>
internal static class TypedNodes
{
    /// <summary>Makes a node of a type that is known as a value only.</summary>
    internal interface IMaker
    {
        Node Make<T>(IEqualityComparer<T>? comparer = null);
    }

    /// <summary>Null of a type.</summary>
    public static Node Null(SyntaxNode syntax, ExprType type) => Dispatch(type, new NullMaker(syntax, type));

    /// <summary>The choice between two values of one type.</summary>
    public static Node Choice(SyntaxNode syntax, Node<bool> condition, Node then, Node otherwise) => Dispatch(then.Type, new ChoiceMaker(syntax, condition, then, otherwise));

    /// <summary>The first of several values of one type that is not null.</summary>
    public static Node Coalesce(SyntaxNode syntax, Node[] candidates) => Dispatch(candidates[0].Type, new CoalesceMaker(syntax, candidates));

    /// <summary>Whether a value is among constants of its type.</summary>
    public static Node MemberOf(SyntaxNode syntax, Node item, Node[] list) => Dispatch(item.Type, new MemberOfMaker(syntax, item, list));

    /// <summary>Calls the maker with the .NET type of a type of ours, and a comparer where the usual one will not do.</summary>
    internal static Node Dispatch(ExprType type, IMaker maker) => type.Kind switch
    {
        ExprKind.Bool => maker.Make<bool>(),
        ExprKind.Int => maker.Make<long>(),
        ExprKind.UInt => maker.Make<ulong>(),
        ExprKind.Double => maker.Make<double>(),
        ExprKind.Decimal => maker.Make<decimal>(),
        ExprKind.String => maker.Make(Utf8Comparer.Instance),
        ExprKind.Bytes => maker.Make<Blob>(),
        ExprKind.Timestamp => maker.Make<Instant>(),
        ExprKind.Duration => maker.Make<Elapsed>(),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type.ToString(), "No node holds values of this type."),
    };

    private sealed class NullMaker(SyntaxNode syntax, ExprType type) : IMaker
    {
        public Node Make<T>(IEqualityComparer<T>? comparer) => new NullNode<T>(type, syntax);
    }

    private sealed class ChoiceMaker(SyntaxNode syntax, Node<bool> condition, Node then, Node otherwise) : IMaker
    {
        public Node Make<T>(IEqualityComparer<T>? comparer) => new ChoiceNode<T>(then.Type, syntax, condition, (Node<T>)then, (Node<T>)otherwise);
    }

    private sealed class CoalesceMaker(SyntaxNode syntax, Node[] candidates) : IMaker
    {
        public Node Make<T>(IEqualityComparer<T>? comparer) => new CoalesceNode<T>(candidates[0].Type, syntax, Array.ConvertAll(candidates, c => (Node<T>)c));
    }

    private sealed class MemberOfMaker(SyntaxNode syntax, Node item, Node[] list) : IMaker
    {
        public Node Make<T>(IEqualityComparer<T>? comparer)
        {
            var values = new HashSet<T>(comparer);
            foreach (var node in list) values.Add(((ConstantNode<T>)node).Constant);
            return new MemberOfNode<T>(syntax, (Node<T>)item, values);
        }
    }
}
