namespace ClickSink.Engine.Sources.Kafka;

/// <summary>Where a partition begins that was never read.</summary>
public enum StartPosition
{
    /// <summary>At the first message that Kafka still has.</summary>
    Earliest,

    /// <summary>After the last message at the time of the first start.</summary>
    Latest,
}
