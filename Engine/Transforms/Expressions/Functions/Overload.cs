using ClickSink.Engine.Transforms.Expressions.Nodes;
using ClickSink.Engine.Transforms.Expressions.Syntax;

namespace ClickSink.Engine.Transforms.Expressions.Functions;

/// <summary>One of the forms that a function or operator has.</summary>
/// <param name="Parameters">The kinds of its arguments; of a method, of what stands before the dot first.</param>
/// <param name="Make">Makes the node of a call from its arguments.</param>
internal sealed record Overload(IReadOnlyList<ExprKind> Parameters, Func<SyntaxNode, IReadOnlyList<Node>, Node> Make);
