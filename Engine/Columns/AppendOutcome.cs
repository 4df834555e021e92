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

    /// <summary>More bytes than the type holds.</summary>
    TooLong,

    /// <summary>A name or number that the Enum does not have.</summary>
    NotInEnum,

    /// <summary>An IP address was needed.</summary>
    NotAnAddress,

    /// <summary>A time of day was needed.</summary>
    NotATime,

    /// <summary>An array was needed.</summary>
    NotAnArray,

    /// <summary>An object was needed.</summary>
    NotAnObject,

    /// <summary>An object with the tuple's names was needed, or an array.</summary>
    NotATuple,

    /// <summary>An array with another number of values than the tuple has.</summary>
    WrongCount,

    /// <summary>None of the alternatives of a Variant takes the value.</summary>
    FitsNoAlternative,

    /// <summary>Null or nothing inside of a value, where the mapping rejects the row then.</summary>
    MissingInside,
}
