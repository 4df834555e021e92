using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;
using Orleans.Placement;
using Orleans.Runtime;
using Orleans.Standin.Calls;
using Orleans.Standin.Serialization;
using Orleans.Standin.Storage;

namespace Orleans.Standin.Runtime;

/// <summary>A grain class: its name in the cluster, what its attributes ask for, and how an object of it is made.</summary>
internal sealed class GrainClass
{
    private static readonly PlacementStrategy DefaultPlacement = new RandomPlacement();
    private readonly ConstructorInfo _constructor;

    public GrainClass(Type type)
    {
        Type = type;
        GrainType = type.GetCustomAttribute<GrainTypeAttribute>() is { } named
            ? named.GetGrainType(null!, type)
            : GrainType.Create(ConventionalName(type));
        Placement = type.GetCustomAttribute<PlacementAttribute>()?.PlacementStrategy ?? DefaultPlacement;
        IsReentrant = type.IsDefined(typeof(ReentrantAttribute));
        IsKeptAlive = type.IsDefined(typeof(KeepAliveAttribute));
        _constructor = type.GetConstructors().MaxBy(constructor => constructor.GetParameters().Length)
            ?? throw new InvalidOperationException($"{type} has no public constructor: the runtime cannot make the grain.");
    }

    public Type Type { get; }

    public GrainType GrainType { get; }

    public PlacementStrategy Placement { get; }

    public bool IsReentrant { get; }

    public bool IsKeptAlive { get; }

    /// <summary>The name in statistics, as Orleans writes it.</summary>
    public string StatisticsName => $"{Type.FullName},{Type.Assembly.GetName().Name}";

    public GrainManifestEntry Describe() => new()
    {
        GrainType = GrainType.ToString(),
        ClassName = Type.FullName!,
        Interfaces = [.. Type.GetInterfaces().Where(one => typeof(IGrain).IsAssignableFrom(one)).Select(ApplicationTypes.NameOf)],
    };

    /// <summary>Makes the object, and the states that its constructor asks for. These still have to be read.</summary>
    public (object Instance, IReadOnlyList<Orleans.Core.IStorage> States) Construct(Activation activation)
    {
        var states = new List<Orleans.Core.IStorage>();
        var arguments = _constructor.GetParameters().Select(parameter => Resolve(parameter, activation, states)).ToArray();
        return (_constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, arguments, null), states);
    }

    private object? Resolve(ParameterInfo parameter, Activation activation, List<Orleans.Core.IStorage> states)
    {
        var services = activation.ActivationServices;
        if (parameter.GetCustomAttribute<PersistentStateAttribute>() is { } configuration)
        {
            var state = PersistentStateFactory.Create(parameter, configuration, activation);
            states.Add(state);
            return state;
        }

        if (parameter.ParameterType == typeof(IGrainContext))
            return activation;
        if (parameter.GetCustomAttribute<FromKeyedServicesAttribute>() is { } keyed)
            return services.GetRequiredKeyedService(parameter.ParameterType, keyed.Key);
        return parameter.HasDefaultValue
            ? services.GetService(parameter.ParameterType) ?? parameter.DefaultValue
            : services.GetRequiredService(parameter.ParameterType);
    }

    private static string ConventionalName(Type type)
    {
        var name = type.Name.ToLowerInvariant();
        return name.Length > "grain".Length && name.EndsWith("grain", StringComparison.Ordinal) ? name[..^"grain".Length] : name;
    }
}
