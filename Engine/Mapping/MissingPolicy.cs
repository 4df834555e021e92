namespace ClickSink.Engine.Mapping;

/// <summary>What a column gets when the message has no value for it, or null where its type has none.</summary>
public enum MissingPolicy
{
    /// <summary>Null; for types that have it.</summary>
    Null,

    /// <summary>The type's default value: zero, the empty string, 1970-01-01; null for a type that has it.</summary>
    Default,

    /// <summary>The row is rejected.</summary>
    Reject,
}
