namespace ClickSink.Engine.Mapping;

/// <summary>What happens with fields of a message that nobody maps.</summary>
public enum UnknownPolicy
{
    /// <summary>They are left out.</summary>
    Ignore,

    /// <summary>The row is rejected.</summary>
    Reject,

    /// <summary>They are kept, as one JSON object, in the column that <c>rest</c> names.</summary>
    Keep,

    /// <summary>The pipeline stops in front of the message, gets a new version with a column for each of them, and goes on: nothing is lost.</summary>
    Add,
}
