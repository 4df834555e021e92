using System.Globalization;
using System.Text;
using ClickSink.Engine.Transforms.Expressions.Nodes;
using ClickSink.Engine.Transforms.Expressions.Syntax;

namespace ClickSink.Engine.Transforms.Expressions;

/// <summary>A compiled expression. Immutable; shared by the workers of a pipeline.</summary>
internal sealed class Expression
{
    private const int MaxValueLength = 60;

    private readonly IReadOnlyDictionary<SyntaxNode, Node> _columns;

    /// <param name="text">The expression as written.</param>
    /// <param name="root">What it was compiled to.</param>
    /// <param name="columns">The nodes of the columns in it, by where they stand, to tell their values when it fails.</param>
    public Expression(string text, Node root, IReadOnlyDictionary<SyntaxNode, Node> columns)
    {
        Text = text;
        Root = root;
        _columns = columns;
    }

    /// <summary>The expression as written.</summary>
    public string Text { get; }

    /// <summary>What it was compiled to.</summary>
    public Node Root { get; }

    /// <summary>The type of its values.</summary>
    public ExprType Type => Root.Type;

    /// <summary>Says what the last error was: the reason, the part it arose in, and the values of the columns there. Cold.</summary>
    public (string Reason, string Values) Explain(RowScope row)
    {
        var because = row.FailedBecause;
        var at = row.FailedAt ?? Root.Syntax;
        var part = Text[at.Start..at.End];
        var values = string.Join(", ", NamesIn(at).Select(name => $"{name.Name} = {Describe(_columns[name], row)}").Distinct());
        return ($"{because} in {part}{(values.Length > 0 ? $" ({values})" : "")}", values);
    }

    /// <summary>A value as text for people, cut.</summary>
    public static string Describe(Node node, RowScope row)
    {
        var outcome = node.Probe(row);
        if (outcome is not Outcome.Value) return outcome is Outcome.Null ? "null" : "an error";
        var text = node switch
        {
            Node<bool> n => Read(n) ? "true" : "false",
            Node<long> n => Read(n).ToString(CultureInfo.InvariantCulture),
            Node<ulong> n => Read(n).ToString(CultureInfo.InvariantCulture),
            Node<double> n => Read(n).ToString(CultureInfo.InvariantCulture),
            Node<decimal> n => Read(n).ToString(CultureInfo.InvariantCulture),
            Node<ReadOnlyMemory<byte>> n => $"\"{Encoding.UTF8.GetString(Read(n).Span)}\"",
            Node<Blob> n => Convert.ToHexStringLower(Read(n).Bytes.Span),
            Node<Instant> n => Encoding.UTF8.GetString(Functions.TimestampWriter.Write(row, Read(n)).Span),
            Node<Elapsed> n => Encoding.UTF8.GetString(Functions.DurationText.Write(row, Read(n)).Span),
            _ => node.Type.ToString(),
        };
        return text.Length > MaxValueLength ? $"{text[..MaxValueLength]}..." : text;

        T Read<T>(Node<T> n)
        {
            n.Evaluate(row, out var value);
            return value;
        }
    }

    private IEnumerable<NameSyntax> NamesIn(SyntaxNode syntax)
    {
        if (syntax is NameSyntax name && _columns.ContainsKey(name)) yield return name;
        foreach (var child in syntax.Children.SelectMany(NamesIn)) yield return child;
    }
}
