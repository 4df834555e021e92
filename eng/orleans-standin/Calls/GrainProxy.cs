using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Standin.Serialization;

namespace Orleans.Standin.Calls;

/// <summary>A reference to a grain: .NET makes a class for the interface whose every method comes to <see cref="Invoke"/>.</summary>
internal class GrainProxy : DispatchProxy
{
    private IServiceProvider _services = null!;
    private ICallRouter _router = null!;
    private WireSerializer _serializer = null!;
    private Type _interface = null!;

    public GrainId Target { get; private set; }

    public static object Create(Type grainInterface, GrainId target, IServiceProvider services)
    {
        var proxy = DispatchProxy.Create(grainInterface, typeof(GrainProxy));
        var self = (GrainProxy)proxy;
        self.Target = target;
        self._interface = grainInterface;
        self._services = services;
        self._router = services.GetRequiredService<ICallRouter>();
        self._serializer = services.GetRequiredService<WireSerializer>();
        return proxy;
    }

    public static GrainProxy Of(IAddressable reference) => reference as GrainProxy
        ?? throw new ArgumentException($"{reference.GetType()} is neither a grain nor a reference to one.", nameof(reference));

    public object As(Type grainInterface) => Create(grainInterface, Target, _services);

    public override bool Equals(object? obj) => obj is GrainProxy other && other.Target == Target && other._interface == _interface;

    public override int GetHashCode() => Target.GetHashCode();

    public override string ToString() => $"{_interface.Name} {Target}";

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var method = GrainMethod.Of(targetMethod!);
        return method.Return(CallAsync(method, args ?? []));
    }

    private async Task<object?> CallAsync(GrainMethod method, object?[] all)
    {
        var (arguments, token) = method.Split(all);
        token.ThrowIfCancellationRequested();
        var request = CallRequest.Make(Target, method, arguments, _serializer);
        if (method.IsOneWay)
        {
            _ = SendAndForgetAsync(request);
            return null;
        }

        var timeout = method.ResponseTimeout ?? _router.ResponseTimeout;
        using var abandon = new CancellationTokenSource();
        var response = _router.SendAsync(request, abandon.Token);
        try
        {
            return (await response.WaitAsync(timeout, token)).Result(method, _serializer);
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            await abandon.CancelAsync();
            throw;
        }
        catch (TimeoutException) when (!response.IsCompleted)
        {
            if (_router.CancelRequestOnTimeout)
                await abandon.CancelAsync();
            throw new TimeoutException($"No answer came within {timeout} to {request}. It may still be executed.");
        }
    }

    private async Task SendAndForgetAsync(CallRequest request)
    {
        try
        {
            await _router.SendAsync(request, CancellationToken.None);
        }
        catch (Exception)
        {
            // One way: by contract the caller learns of no error, and whoever executes the call logs its own.
        }
    }
}
