using Orleans.Runtime;
using Orleans.Standin.Serialization;

namespace Orleans.Standin.Calls;

/// <summary>
/// A call on its way. Its arguments are objects where they can be shared, else bytes from the start: the caller may change its
/// objects as soon as the call is made, and a call that leaves the silo needs the bytes anyway.
/// </summary>
internal sealed class CallRequest
{
    private readonly object?[]? _arguments;
    private byte[]? _encoded;

    private CallRequest(GrainId target, string interfaceName, string methodName, object?[]? arguments, byte[]? encoded)
    {
        (Target, InterfaceName, MethodName) = (target, interfaceName, methodName);
        (_arguments, _encoded) = (arguments, encoded);
    }

    public GrainId Target { get; }

    public string InterfaceName { get; }

    public string MethodName { get; }

    /// <summary>A call made in this process.</summary>
    public static CallRequest Make(GrainId target, GrainMethod method, object?[] arguments, WireSerializer serializer) =>
        method.SharesArguments(arguments)
            ? new CallRequest(target, method.InterfaceName, method.Name, arguments, null)
            : new CallRequest(target, method.InterfaceName, method.Name, null, serializer.SerializeArguments(arguments, method.ArgumentTypes));

    /// <summary>A call that came in.</summary>
    public static CallRequest Received(GrainId target, string interfaceName, string methodName, byte[] arguments) =>
        new(target, interfaceName, methodName, null, arguments);

    public object?[] ArgumentsFor(GrainMethod method, WireSerializer serializer) =>
        _arguments ?? serializer.DeserializeArguments(_encoded, method.ArgumentTypes);

    public byte[] Encode(WireSerializer serializer) => _encoded ??= serializer.SerializeArguments(
        _arguments!, GrainInterfaceTable.Find(InterfaceName, MethodName).ArgumentTypes);

    public override string ToString() => $"{InterfaceName}.{MethodName} on {Target}";
}
