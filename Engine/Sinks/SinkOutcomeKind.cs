namespace ClickSink.Engine.Sinks;

/// <summary>What follows from an attempt to use a sink.</summary>
public enum SinkOutcomeKind
{
    /// <summary>Stored: go on.</summary>
    Done,

    /// <summary>Not known to be stored, and worth another attempt soon: a lost connection, an overloaded server.</summary>
    Retry,

    /// <summary>Refused for a reason that a human removes: a missing table, a wrong password. Tried again slowly, because the repair may happen outside.</summary>
    Blocked,

    /// <summary>Refused for what is in the rows, and nothing of the refused table's rows is stored: a row breaks a constraint, a value does not fit. Another block may be taken.</summary>
    Refused,
}
