using System.Collections.Concurrent;
using System.Reflection;
using Orleans.Concurrency;
using Orleans.Standin.Serialization;

namespace Orleans.Standin.Calls;

/// <summary>A method of a grain interface: its name on the wire, its shape, and what its attributes ask for.</summary>
internal sealed class GrainMethod
{
    private static readonly ConcurrentDictionary<MethodInfo, GrainMethod> Known = new();
    private readonly MethodInvoker _invoker;
    private readonly int _parameterCount;
    private readonly int _tokenIndex;
    private readonly ReturnShape _returns;
    private readonly bool[] _sharedArguments;

    private GrainMethod(MethodInfo info)
    {
        var parameters = info.GetParameters();
        InterfaceName = ApplicationTypes.NameOf(info.DeclaringType!);
        Name = info.GetCustomAttribute<AliasAttribute>()?.Alias
            ?? $"{info.Name}({string.Join(',', parameters.Select(parameter => parameter.ParameterType.Name))})";
        _invoker = MethodInvoker.Create(info);
        _parameterCount = parameters.Length;
        _tokenIndex = Array.FindIndex(parameters, parameter => parameter.ParameterType == typeof(CancellationToken));
        _returns = ReturnShape.Of(info);
        var arguments = parameters.Where((_, index) => index != _tokenIndex).ToArray();
        ArgumentTypes = [.. arguments.Select(parameter => parameter.ParameterType)];
        _sharedArguments = [.. arguments.Select(parameter => parameter.IsDefined(typeof(ImmutableAttribute)))];
        IsReadOnly = info.IsDefined(typeof(ReadOnlyAttribute));
        AlwaysInterleaves = info.IsDefined(typeof(AlwaysInterleaveAttribute));
        IsOneWay = info.IsDefined(typeof(OneWayAttribute));
        ResponseTimeout = info.GetCustomAttribute<ResponseTimeoutAttribute>()?.Timeout;
        SharesResult = info.ReturnParameter.IsDefined(typeof(ImmutableAttribute));
    }

    public string InterfaceName { get; }

    public string Name { get; }

    /// <summary>The parameters' types, the cancellation token aside.</summary>
    public IReadOnlyList<Type> ArgumentTypes { get; }

    public Type? ResultType => _returns.ResultType;

    public bool IsReadOnly { get; }

    public bool AlwaysInterleaves { get; }

    public bool IsOneWay { get; }

    public bool SharesResult { get; }

    public TimeSpan? ResponseTimeout { get; }

    public static GrainMethod Of(MethodInfo info) => Known.GetOrAdd(info, static method => method.IsGenericMethod
        ? throw new NotSupportedException($"{method.DeclaringType}.{method.Name} is generic: grain methods must not be.")
        : new GrainMethod(method));

    /// <summary>Whether these arguments can be handed over as they are, since nobody changes them.</summary>
    public bool SharesArguments(object?[] arguments)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] is { } value && !_sharedArguments[i] && !ContractResolver.IsImmutable(value.GetType()))
                return false;
        }

        return true;
    }

    /// <summary>Takes the cancellation token out of the arguments of a proxy's call.</summary>
    public (object?[] Arguments, CancellationToken Token) Split(object?[] all) => _tokenIndex < 0
        ? (all, CancellationToken.None)
        : ([.. all.Where((_, index) => index != _tokenIndex)], (CancellationToken)all[_tokenIndex]!);

    public Task<object?> InvokeAsync(object grain, object?[] arguments, CancellationToken token)
    {
        var all = arguments;
        if (_tokenIndex >= 0)
        {
            all = new object?[_parameterCount];
            for (int to = 0, from = 0; to < all.Length; to++)
                all[to] = to == _tokenIndex ? token : arguments[from++];
        }

        return _returns.ToTask(_invoker.Invoke(grain, all.AsSpan()));
    }

    /// <summary>What the proxy returns: the task of the kind that the interface declares.</summary>
    public object? Return(Task<object?> result) => _returns.FromTask(result);
}
