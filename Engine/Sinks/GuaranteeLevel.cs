namespace ClickSink.Engine.Sinks;

/// <summary>How often a record is stored when something fails in between.</summary>
public enum GuaranteeLevel
{
    /// <summary>Once or more.</summary>
    AtLeastOnce,

    /// <summary>Once or more, and a repetition changes nothing.</summary>
    Idempotent,

    /// <summary>Once.</summary>
    ExactlyOnce,
}
