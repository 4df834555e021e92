namespace Orleans.Runtime;

/// <summary>The name of a grain interface in the cluster: its alias, or its full name.</summary>
public readonly struct GrainInterfaceType : IEquatable<GrainInterfaceType>
{
    /// <summary>Makes an interface name.</summary>
    /// <param name="value">The name.</param>
    public GrainInterfaceType(string value) => Value = IdSpan.Create(value);

    /// <summary>The name.</summary>
    public IdSpan Value { get; }

    /// <summary>Whether this names no interface.</summary>
    public bool IsDefault => Value.IsDefault;

    /// <summary>Makes an interface name.</summary>
    /// <param name="value">The name.</param>
    public static GrainInterfaceType Create(string value) => new(value);

    /// <inheritdoc/>
    public bool Equals(GrainInterfaceType other) => Value.Equals(other.Value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is GrainInterfaceType other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
