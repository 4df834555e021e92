namespace ClickSink.Engine.Transforms.Steps;

/// <summary>A step of one worker. Used by one thread.</summary>
internal interface IStepRun
{
    /// <summary>Does the step for one row.</summary>
    StepOutcome Apply(TransformedRow row);

    /// <summary>Told when all rows of a message are through: what was remembered of them counts. Or that the message was rejected, and does not.</summary>
    void Complete(bool accepted)
    {
    }
}
