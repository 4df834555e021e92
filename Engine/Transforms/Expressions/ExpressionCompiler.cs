using ClickSink.Engine.Mapping;
using ClickSink.Engine.Transforms.Expressions.Functions;
using ClickSink.Engine.Transforms.Expressions.Nodes;
using ClickSink.Engine.Transforms.Expressions.Syntax;

namespace ClickSink.Engine.Transforms.Expressions;

/// <summary>
/// Turns the text of an expression into typed nodes (docs/decisions/0010). Whatever can be wrong with an expression apart from the values of a row is found
/// here: names, types, literals that do not fit, and constants that are errors.
/// </summary>
internal sealed class ExpressionCompiler
{
    private readonly string _text;
    private readonly IReadOnlyList<ColumnPlan> _columns;
    private readonly Dictionary<SyntaxNode, Node> _names = new(ReferenceEqualityComparer.Instance);

    private ExpressionCompiler(string text, IReadOnlyList<ColumnPlan> columns)
    {
        _text = text;
        _columns = columns;
    }

    /// <summary>Compiles an expression.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="columns">The columns that it can use, by their positions.</param>
    /// <exception cref="ExpressionFault">It has a fault.</exception>
    public static Expression Compile(string text, IReadOnlyList<ColumnPlan> columns)
    {
        var compiler = new ExpressionCompiler(text, columns);
        var root = compiler.Bind(Parser.Parse(text));
        return new Expression(text, root, compiler._names);
    }

    private Node Bind(SyntaxNode syntax) => syntax switch
    {
        LiteralSyntax literal => BindLiteral(literal),
        NameSyntax name => BindName(name),
        CallSyntax call => BindCall(call).Fold(),
        ListSyntax => throw new ExpressionFault(syntax.Start, "a list can stand behind in only, as in kind in [\"a\", \"b\"]"),
        MemberSyntax member => BindMember(member),
        IndexSyntax index => Elements.At(index, Bind(index.Target), Bind(index.Index)),
        _ => throw new ArgumentOutOfRangeException(nameof(syntax), syntax, "The parser makes no such part."),
    };

    private Node BindMember(MemberSyntax member)
    {
        if (member.Target is NameSyntax name && _columns.Any(column => column.Name == name.Name) && Bind(name) is ElementsNode { Type.Key.Kind: ExprKind.String } map)
            return Elements.At(member, map, new ConstantNode<ReadOnlyMemory<byte>>(ExprType.String, member, System.Text.Encoding.UTF8.GetBytes(member.Name)));
        throw new ExpressionFault(
            member.Start,
            $"expressions use columns, not paths into the message: map {_text[member.Start..member.End]} to a column (with stored: false if the table has none) and use its name");
    }

    private static Node BindLiteral(LiteralSyntax literal) => literal.Value switch
    {
        null => new NullNode<bool>(ExprType.Null, literal),
        bool value => new ConstantNode<bool>(ExprType.Bool, literal, value),
        long value => new ConstantNode<long>(ExprType.Int, literal, value),
        ulong value => new ConstantNode<ulong>(ExprType.UInt, literal, value),
        double value => new ConstantNode<double>(ExprType.Double, literal, value),
        string value => new ConstantNode<ReadOnlyMemory<byte>>(ExprType.String, literal, System.Text.Encoding.UTF8.GetBytes(value)),
        byte[] value => new ConstantNode<Blob>(ExprType.Bytes, literal, new Blob(value)),
        _ => throw new ArgumentOutOfRangeException(nameof(literal), literal.Value, "The parser knows no such literal."),
    };

    private Node BindName(NameSyntax name)
    {
        for (var column = 0; column < _columns.Count; column++)
        {
            if (_columns[column].Name != name.Name) continue;
            var node = ColumnReaders.Create(name, column, _columns[column].Type)
                ?? throw new ExpressionFault(name.Start, $"expressions cannot read the type {_columns[column].Type} of the column '{name.Name}'; map the field to a further column of another type, with stored: false");
            _names[name] = node;
            return node;
        }

        throw new ExpressionFault(name.Start, $"there is no column '{name.Name}' here; there are {string.Join(", ", _columns.Select(c => c.Name))}");
    }

    private Node BindCall(CallSyntax call)
    {
        switch (call.Name)
        {
            case "_&&_" or "_||_":
                return new LogicNode(call, BindCondition(call.Arguments[0]), BindCondition(call.Arguments[1]), deciding: call.Name == "_||_");
            case "!_":
                return new CallNode<bool, bool>(ExprType.Bool, call, BindCondition(call.Arguments[0]), (RowScope _, bool a, out bool r) =>
                {
                    r = !a;
                    return Outcome.Value;
                });
            case "_?_:_":
                return BindChoice(call);
            case "_in_":
                return BindIn(call);
            case "has" when call.Target is null:
                Expect(call, 1);
                return new NullTestNode(call, Bind(call.Arguments[0]), whenNull: false);
            case "coalesce" when call.Target is null:
                var candidates = call.Arguments.Select(Bind).ToArray();
                if (candidates.Length < 2) throw new ExpressionFault(call.Start, "coalesce takes two values or more");
                Literals.Unify(candidates, _text, call, "the values of coalesce");
                return TypedNodes.Coalesce(call, candidates);
            default:
                return BindFunction(call);
        }
    }

    private Node<bool> BindCondition(SyntaxNode syntax)
    {
        var node = Bind(syntax);
        return node.Type.Kind is ExprKind.Bool && node is Node<bool> condition
            ? condition
            : throw new ExpressionFault(syntax.Start, $"true or false is needed here, {_text[syntax.Start..syntax.End]} is of the type {node.Type}");
    }

    private Node BindChoice(CallSyntax call)
    {
        var condition = BindCondition(call.Arguments[0]);
        Node[] branches = [Bind(call.Arguments[1]), Bind(call.Arguments[2])];
        Literals.Unify(branches, _text, call, "the values on both sides of the colon");
        return TypedNodes.Choice(call, condition, branches[0], branches[1]);
    }

    private Node BindIn(CallSyntax call)
    {
        var item = Bind(call.Arguments[0]);
        if (call.Arguments[1] is not ListSyntax list)
        {
            return Bind(call.Arguments[1]) is ElementsNode elements
                ? Elements.Contains(call, item, elements)
                : throw new ExpressionFault(call.Arguments[1].Start, "a list in brackets, or a column that is a list or a map, is needed behind in");
        }

        var items = list.Items.Select(Bind).Prepend(item).ToArray();
        if (items.Skip(1).FirstOrDefault(i => !i.IsConstant || i.Type.Kind is ExprKind.Null) is { } variable)
            throw new ExpressionFault(variable.Syntax.Start, "the values behind in must be literals; compare others with == and ||");
        Literals.Unify(items, _text, call, "the values of in");
        if (item.Type.Kind is ExprKind.Null) throw new ExpressionFault(item.Syntax.Start, "null is in no list; compare with == null");
        return TypedNodes.MemberOf(call, items[0], items[1..]);
    }

    private Node BindFunction(CallSyntax call)
    {
        var overloads = FunctionTable.Instance.Find(call.Name);
        if (overloads.Count == 0)
            throw new ExpressionFault(call.Start, $"there is no function {call.Name}; there are {string.Join(", ", FunctionTable.Instance.Names.Concat(["coalesce", "has"]).Order())}");
        var arguments = (call.Target is null ? call.Arguments : call.Arguments.Prepend(call.Target)).Select(Bind).ToArray();
        if (call.Name == "size" && arguments is [ElementsNode counted]) return Elements.Size(call, counted);
        if (call.Name is "_==_" or "_!=_" && arguments.FirstOrDefault(a => a.Type.Kind is ExprKind.Null) is { } literal)
            return new NullTestNode(call, ReferenceEquals(arguments[0], literal) ? arguments[1] : arguments[0], whenNull: call.Name == "_==_");
        foreach (var overload in overloads)
        {
            if (Literals.TryFit(arguments, overload.Parameters, mayConvert: false, _text, out var fitting)) return overload.Make(call, fitting);
        }

        foreach (var overload in overloads)
        {
            // A literal takes the type of what it meets: amount * 2 is one for a uint, a double or a decimal as well.
            if (call.Name[0] is '_' && Literals.TryFit(arguments, overload.Parameters, mayConvert: true, _text, out var fitting)) return overload.Make(call, fitting);
        }

        throw new ExpressionFault(call.Start, NoOverload(call, arguments, overloads));
    }

    private static string NoOverload(CallSyntax call, Node[] arguments, IReadOnlyList<Overload> overloads)
    {
        var what = call.Name.Trim('_');
        var met = string.Join(" and ", arguments.Select(a => a.Type.ToString()));
        var known = string.Join("; ", overloads.Select(o => string.Join(", ", o.Parameters.Select(p => p.ToString().ToLowerInvariant()))).Distinct());
        var hint = arguments.Length == 2 && arguments.All(a => a.Type.Kind is ExprKind.Int or ExprKind.UInt or ExprKind.Double or ExprKind.Decimal)
            ? $". Convert one side, as in {arguments[0].Type}(...)"
            : "";
        return $"'{what}' is not defined for {(met.Length > 0 ? met : "no value")}, but for: {known}{hint}";
    }

    private static void Expect(CallSyntax call, int count)
    {
        if (call.Arguments.Count != count) throw new ExpressionFault(call.Start, $"{call.Name} takes {count} value{(count == 1 ? "" : "s")}");
    }
}
