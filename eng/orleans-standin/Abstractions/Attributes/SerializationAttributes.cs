namespace Orleans;

/// <summary>Lets a type travel in grain calls. Only its members with an <see cref="IdAttribute"/> do.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum)]
public sealed class GenerateSerializerAttribute : Attribute
{
    /// <summary>Whether the parameters of a record's primary constructor travel without an id of their own.</summary>
    public bool IncludePrimaryConstructorParameters { get; init; } = true;
}

/// <summary>The number under which a member travels. Never renumbered, reused or retyped.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum | AttributeTargets.Method
    | AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class IdAttribute : Attribute
{
    /// <summary>Gives a member its number.</summary>
    /// <param name="id">Unique among the members that the same class declares.</param>
    public IdAttribute(uint id) => Id = id;

    /// <summary>The number.</summary>
    public uint Id { get; }
}

/// <summary>The name of a type, interface or method on the wire: it outlives a renaming in the code.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum | AttributeTargets.Method
    | AttributeTargets.Interface, AllowMultiple = true)]
public sealed class AliasAttribute : Attribute
{
    /// <summary>Gives a name.</summary>
    /// <param name="alias">Unique in the cluster for a type, in its interface for a method.</param>
    public AliasAttribute(string alias) => Alias = alias;

    /// <summary>The name.</summary>
    public string Alias { get; }
}

/// <summary>Says that a value is never changed after it was sent, so that a call within a silo need not copy it.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Property | AttributeTargets.Field
    | AttributeTargets.Parameter | AttributeTargets.ReturnValue, Inherited = false)]
public sealed class ImmutableAttribute : Attribute;
