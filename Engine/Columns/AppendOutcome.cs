namespace ClickSink.Engine.Columns;

/// <summary>What became of a value that was offered to a column. On anything but <see cref="Accepted"/> the column is unchanged.</summary>
public enum AppendOutcome : byte
{
    /// <summary>The value is the column's last row now.</summary>
    Accepted = 0,

    /// <summary>A number was needed.</summary>
    NotANumber,

    /// <summary>A whole number was needed, and the value has a fraction.</summary>
    NotAWholeNumber,

    /// <summary>A number, time or date that the type cannot hold. Values never wrap and never saturate.</summary>
    OutOfRange,

    /// <summary>More decimal places than the type keeps, and not all of them zero.</summary>
    TooPrecise,

    /// <summary>True or false was needed.</summary>
    NotABool,

    /// <summary>A timestamp was needed.</summary>
    NotATimestamp,

    /// <summary>A date was needed.</summary>
    NotADate,

    /// <summary>A UUID was needed.</summary>
    NotAUuid,

    /// <summary>An object or an array, where the type takes a single value.</summary>
    NotASingleValue,
}
