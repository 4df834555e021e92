namespace ClickSink.Engine.Transforms.Steps;

/// <summary>What a step decided for a row.</summary>
internal enum StepOutcome
{
    /// <summary>It stays.</summary>
    Keep,

    /// <summary>It is left out.</summary>
    Drop,

    /// <summary>It is rejected; the row says why.</summary>
    Reject,
}
