namespace ClickSink.Engine.Columns;

/// <summary>Says in words why a column did not take a value.</summary>
internal static class OutcomeText
{
    /// <summary>The end of a sentence that begins with the value.</summary>
    public static string Explain(AppendOutcome outcome, ColumnType type) => outcome switch
    {
        AppendOutcome.NotANumber => "is not a number",
        AppendOutcome.NotAWholeNumber => "is not a whole number",
        AppendOutcome.OutOfRange => "is outside of the type's range",
        AppendOutcome.TooPrecise => $"has more than {Unwrap(type).Scale} decimal places",
        AppendOutcome.NotABool => "is neither true nor false",
        AppendOutcome.NotATimestamp => "is not a timestamp",
        AppendOutcome.NotADate => "is not a date",
        AppendOutcome.NotAUuid => "is not a UUID",
        AppendOutcome.NotASingleValue => "is not a single value",
        AppendOutcome.TooLong => $"is longer than {Unwrap(type).Length} bytes",
        AppendOutcome.NotInEnum => $"is not in {Unwrap(type)}",
        AppendOutcome.NotAnAddress => "is not an IP address",
        AppendOutcome.NotATime => "is not a time of day",
        AppendOutcome.NotAnArray => "is not an array",
        AppendOutcome.NotAnObject => "is not an object",
        AppendOutcome.NotATuple => type.Elements[0].Name is null ? "is not an array" : "is neither an object nor an array",
        AppendOutcome.WrongCount => $"has not {type.Elements.Count} values",
        AppendOutcome.FitsNoAlternative => $"fits no type of {Unwrap(type)}",
        AppendOutcome.MissingInside => "is missing or null inside of the value, and the mapping rejects the row then",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "An accepted value has no fault."),
    };

    private static ColumnType Unwrap(ColumnType type) => type.Element is null ? type : Unwrap(type.Element);
}
