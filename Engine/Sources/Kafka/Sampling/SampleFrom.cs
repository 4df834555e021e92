namespace ClickSink.Engine.Sources.Kafka.Sampling;

/// <summary>Which messages of a topic a sample takes.</summary>
public enum SampleFrom
{
    /// <summary>The newest ones of each partition.</summary>
    Latest,

    /// <summary>The oldest ones of each partition that Kafka still has.</summary>
    Earliest,

    /// <summary>Runs of messages at even distances between the oldest and the newest of each partition.</summary>
    Spread,
}
