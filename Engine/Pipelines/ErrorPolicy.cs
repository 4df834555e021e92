namespace ClickSink.Engine.Pipelines;

/// <summary>What happens to a record that cannot be decoded or stored.</summary>
public enum ErrorPolicy
{
    /// <summary>Rows before it are stored, then the pipeline stops in front of it and says where and why.</summary>
    Stop,

    /// <summary>It is counted, logged and left out.</summary>
    Skip,

    /// <summary>It is stored as <c>errors.deadLetters</c> says, with its reason, before the offset moves past it.</summary>
    DeadLetter,
}
