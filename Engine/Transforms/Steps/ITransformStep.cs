namespace ClickSink.Engine.Transforms.Steps;

/// <summary>A step between decoding and storing, compiled. Immutable; shared by the workers of a pipeline.</summary>
internal interface ITransformStep
{
    /// <summary>Whether it asks for the messages' timestamps.</summary>
    bool NeedsTimestamp => false;

    /// <summary>Makes the step of one worker, with what it remembers.</summary>
    IStepRun CreateRun(TimeProvider time);
}
