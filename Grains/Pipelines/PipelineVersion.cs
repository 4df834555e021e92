namespace ClickSink.Grains.Pipelines;

/// <summary>One version of a pipeline's document.</summary>
[GenerateSerializer, Alias("clicksink.PipelineVersion")]
public sealed class PipelineVersion
{
    /// <summary>Its number, from 1.</summary>
    [Id(0)]
    public int Number { get; set; }

    /// <summary>The document as JSON, with its secrets.</summary>
    [Id(1)]
    public string Document { get; set; } = "";

    /// <summary>When it was put in place.</summary>
    [Id(2)]
    public DateTimeOffset At { get; set; }

    /// <summary>Who put it in place.</summary>
    [Id(3)]
    public string By { get; set; } = "";
}
