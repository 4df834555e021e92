using System.Globalization;
using ClickSink.Engine.Transforms.Expressions.Nodes;
using ClickSink.Engine.Transforms.Expressions.Syntax;

namespace ClickSink.Engine.Transforms.Expressions;

/// <summary>Literals take the type of what they meet, where CEL would have them written in that type: null any, whole numbers that of any number, fractions decimal.</summary>
internal static class Literals
{
    /// <summary>Fits arguments to the parameters of a function.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="parameters">The parameters' kinds.</param>
    /// <param name="mayConvert">Whether literals may take another type.</param>
    /// <param name="text">The expression.</param>
    /// <param name="fitting">The arguments as the function takes them.</param>
    public static bool TryFit(IReadOnlyList<Node> arguments, IReadOnlyList<ExprKind> parameters, bool mayConvert, string text, out Node[] fitting)
    {
        fitting = [.. arguments];
        if (arguments.Count != parameters.Count) return false;
        for (var i = 0; i < fitting.Length; i++)
        {
            if (fitting[i].Type.Kind == parameters[i]) continue;
            if (!mayConvert || Convert(fitting[i], parameters[i], text) is not { } converted) return false;
            fitting[i] = converted;
        }

        return true;
    }

    /// <summary>Gives values one type, by converting literals among them.</summary>
    /// <exception cref="ExpressionFault">They have several.</exception>
    public static void Unify(Node[] values, string text, SyntaxNode at, string what)
    {
        var type = (values.FirstOrDefault(v => v.Syntax is not LiteralSyntax && v.Type.Kind is not ExprKind.Null)
            ?? values.FirstOrDefault(v => v.Type.Kind is not ExprKind.Null))?.Type
            ?? throw new ExpressionFault(at.Start, $"{what} are all null");
        if (type.Kind is ExprKind.List or ExprKind.Map) throw new ExpressionFault(at.Start, $"{what} cannot be of the type {type}; take an element of it");
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i].Type == type) continue;
            if (values[i].Type.Kind is ExprKind.Null) values[i] = TypedNodes.Null(values[i].Syntax, type);
            else
            {
                values[i] = Convert(values[i], type.Kind, text)
                    ?? throw new ExpressionFault(values[i].Syntax.Start, $"{what} must have one type; {text[values[i].Syntax.Start..values[i].Syntax.End]} is of the type {values[i].Type} where {type} is needed");
            }
        }
    }

    private static Node? Convert(Node node, ExprKind kind, string text)
    {
        if (node.Syntax is not LiteralSyntax literal) return null;
        return (literal.Value, kind) switch
        {
            (long and >= 0 and var value, ExprKind.UInt) => new ConstantNode<ulong>(ExprType.UInt, literal, (ulong)value),
            (long value, ExprKind.Double) when (long)(double)value == value => new ConstantNode<double>(ExprType.Double, literal, value),
            (long value, ExprKind.Decimal) => new ConstantNode<decimal>(ExprType.Decimal, literal, value),
            // From the digits as written: a double on the way would change them.
            (double, ExprKind.Decimal) when decimal.TryParse(text[literal.Start..literal.End], NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                => new ConstantNode<decimal>(ExprType.Decimal, literal, value),
            _ => null,
        };
    }
}
