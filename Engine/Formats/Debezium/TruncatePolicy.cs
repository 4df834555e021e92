namespace ClickSink.Engine.Formats.Debezium;

/// <summary>What an event does that tells that a whole table was emptied (<c>op</c> is <c>t</c>). No row says which rows are gone.</summary>
public enum TruncatePolicy
{
    /// <summary>It is rejected, so that somebody empties the target as well.</summary>
    Reject,

    /// <summary>It is no row.</summary>
    Ignore,
}
