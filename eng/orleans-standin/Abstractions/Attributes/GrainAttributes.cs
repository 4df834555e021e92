using Orleans.Runtime;

namespace Orleans;

/// <summary>Keeps an idle activation: it is not collected. Death and shutdown of its silo still end it.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public class KeepAliveAttribute : Attribute;

/// <summary>Names a grain type in place of the lower-cased class name without "grain".</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public sealed class GrainTypeAttribute : Attribute
{
    private readonly GrainType _grainType;

    /// <summary>Gives the name.</summary>
    /// <param name="grainType">Unique in the cluster.</param>
    public GrainTypeAttribute(string grainType) => _grainType = GrainType.Create(grainType);

    /// <summary>The name, as a grain type.</summary>
    /// <param name="services">Not used.</param>
    /// <param name="type">Not used.</param>
    public GrainType GetGrainType(IServiceProvider services, Type type) => _grainType;
}

/// <summary>How long a caller of this method waits, in place of the time-out of its silo or client.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ResponseTimeoutAttribute : Attribute
{
    /// <summary>Gives the time-out.</summary>
    /// <param name="timeout">As <see cref="TimeSpan.Parse(string)"/> reads it: "00:01:00".</param>
    public ResponseTimeoutAttribute(string timeout) =>
        Timeout = TimeSpan.Parse(timeout, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The time-out.</summary>
    public TimeSpan? Timeout { get; init; }
}
