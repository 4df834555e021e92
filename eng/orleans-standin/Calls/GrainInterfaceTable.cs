using System.Collections.Frozen;
using Orleans.Runtime;
using Orleans.Standin.Serialization;

namespace Orleans.Standin.Calls;

/// <summary>The grain interfaces of this process and their methods, by their names on the wire.</summary>
internal static class GrainInterfaceTable
{
    private static readonly Lazy<FrozenDictionary<(string Interface, string Method), GrainMethod>> Methods = new(() => ApplicationTypes.All
        .Where(type => type.IsInterface && !type.IsGenericTypeDefinition && typeof(IAddressable).IsAssignableFrom(type))
        .SelectMany(type => type.GetMethods())
        .Where(method => method is { IsStatic: false, IsAbstract: true })
        .Select(GrainMethod.Of)
        .ToFrozenDictionary(method => (method.InterfaceName, method.Name)));

    /// <summary>The method that a call names.</summary>
    /// <exception cref="OrleansMessageRejectionException">This build has no such method.</exception>
    public static GrainMethod Find(string interfaceName, string methodName) =>
        Methods.Value.TryGetValue((interfaceName, methodName), out var method)
            ? method
            : throw new OrleansMessageRejectionException(
                $"This silo's build has no method \"{methodName}\" in interface \"{interfaceName}\": is it older than the caller's?");
}
