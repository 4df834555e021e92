using ClickSink.Engine.Transforms.Expressions.Nodes;

namespace ClickSink.Engine.Transforms.Expressions.Functions;

/// <summary>Every function and operator by name, with the forms that each has.</summary>
internal sealed class FunctionTable
{
    private static readonly Dictionary<Type, ExprType> Types = new()
    {
        [typeof(bool)] = ExprType.Bool,
        [typeof(long)] = ExprType.Int,
        [typeof(ulong)] = ExprType.UInt,
        [typeof(double)] = ExprType.Double,
        [typeof(decimal)] = ExprType.Decimal,
        [typeof(ReadOnlyMemory<byte>)] = ExprType.String,
        [typeof(Blob)] = ExprType.Bytes,
        [typeof(Instant)] = ExprType.Timestamp,
        [typeof(Elapsed)] = ExprType.Duration,
    };

    private readonly Dictionary<string, List<Overload>> _overloads = new(StringComparer.Ordinal);

    private FunctionTable()
    {
        ArithmeticFunctions.AddTo(this);
        ComparisonFunctions.AddTo(this);
        ConversionFunctions.AddTo(this);
        TextFunctions.AddTo(this);
        TimeFunctions.AddTo(this);
        HashFunctions.AddTo(this);
    }

    /// <summary>The only one.</summary>
    public static FunctionTable Instance { get; } = new();

    /// <summary>Names of functions, operators aside.</summary>
    public IEnumerable<string> Names => _overloads.Keys.Where(name => char.IsAsciiLetter(name[0]));

    /// <summary>The forms of a function; none if there is no such function.</summary>
    public IReadOnlyList<Overload> Find(string name) => _overloads.TryGetValue(name, out var found) ? found : [];

    /// <summary>The type of ours that values of a .NET type have.</summary>
    public static ExprType TypeOf<T>() => Types[typeof(T)];

    public void Add<TA, TResult>(string name, Function<TA, TResult> function) =>
        Add(name, [TypeOf<TA>().Kind], (syntax, a) => new CallNode<TA, TResult>(TypeOf<TResult>(), syntax, (Node<TA>)a[0], function));

    public void Add<TA, TB, TResult>(string name, Function<TA, TB, TResult> function) =>
        Add(
            name,
            [TypeOf<TA>().Kind, TypeOf<TB>().Kind],
            (syntax, a) => new CallNode<TA, TB, TResult>(TypeOf<TResult>(), syntax, (Node<TA>)a[0], (Node<TB>)a[1], function));

    public void Add<TA, TB, TC, TResult>(string name, Function<TA, TB, TC, TResult> function) =>
        Add(
            name,
            [TypeOf<TA>().Kind, TypeOf<TB>().Kind, TypeOf<TC>().Kind],
            (syntax, a) => new CallNode<TA, TB, TC, TResult>(TypeOf<TResult>(), syntax, (Node<TA>)a[0], (Node<TB>)a[1], (Node<TC>)a[2], function));

    public void Add(string name, IReadOnlyList<ExprKind> parameters, Func<Syntax.SyntaxNode, IReadOnlyList<Node>, Node> make)
    {
        if (!_overloads.TryGetValue(name, out var overloads)) _overloads[name] = overloads = [];
        overloads.Add(new Overload(parameters, make));
    }
}
