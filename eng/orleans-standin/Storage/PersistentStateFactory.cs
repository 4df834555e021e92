using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Core;
using Orleans.Runtime;
using Orleans.Standin.Runtime;

namespace Orleans.Standin.Storage;

/// <summary>Makes the states that a grain's constructor asks for.</summary>
internal static class PersistentStateFactory
{
    /// <summary>The name of the provider that serves states without one.</summary>
    public const string DefaultProvider = "Default";

    public static IStorage Create(ParameterInfo parameter, PersistentStateAttribute wanted, Activation activation)
    {
        var type = parameter.ParameterType;
        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(IPersistentState<>))
        {
            throw new OrleansConfigurationException(
                $"[PersistentState(\"{wanted.StateName}\")] of {activation.Class.Type} is on a {type}: IPersistentState<T> is expected.");
        }

        var provider = wanted.StorageName ?? DefaultProvider;
        var store = activation.ActivationServices.GetKeyedService<IStateStore>(provider) ?? throw new OrleansConfigurationException(
            $"No storage provider named \"{provider}\" found loading grain type {activation.GrainId.Type}: call AddAdoNetGrainStorage(\"{provider}\", ...).");
        var state = typeof(PersistentState<>).MakeGenericType(type.GetGenericArguments());
        return (IStorage)Activator.CreateInstance(state, wanted.StateName, activation.GrainId, store)!;
    }
}
