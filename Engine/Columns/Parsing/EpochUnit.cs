namespace ClickSink.Engine.Columns.Parsing;

/// <summary>What an epoch number counts.</summary>
public enum EpochUnit
{
    /// <summary>Seconds.</summary>
    Seconds,

    /// <summary>Thousandths of a second.</summary>
    Milliseconds,

    /// <summary>Millionths of a second.</summary>
    Microseconds,

    /// <summary>Billionths of a second.</summary>
    Nanoseconds,

    /// <summary>Days.</summary>
    Days,
}
