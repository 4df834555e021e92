using System.Collections.Frozen;

namespace ClickSink.Engine.Sinks.ClickHouse;

/// <summary>
/// What a ClickHouse error code means for delivery. Codes and names: src/Common/ErrorCodes.cpp of ClickHouse. By number, never by text: "Code: 53" also
/// begins 530 to 539. A code that is not here passes by itself: it is tried again, and nothing is lost.
/// </summary>
internal static class ClickHouseErrors
{
    private const string ValueDoesNotFit = "a value does not fit the column's type: compare the mapping's types with the table's";

    private static readonly FrozenDictionary<int, string> NeedsRepair = new Dictionary<int, string>
    {
        [6] = ValueDoesNotFit,
        [7] = "compare the mapping with the table's columns",
        [8] = "compare the mapping with the table's columns",
        [10] = "compare the mapping with the table's columns",
        [16] = "add the column to the table, or take it out of the mapping",
        [20] = "compare the mapping with the table's columns",
        [25] = ValueDoesNotFit,
        [26] = ValueDoesNotFit,
        [27] = ValueDoesNotFit,
        [36] = "compare the mapping and the table with the message",
        [38] = ValueDoesNotFit,
        [41] = ValueDoesNotFit,
        [43] = "compare the mapping's types with the table's",
        [44] = "compare the mapping's types with the table's",
        [47] = "add the column to the table, or take it out of the mapping",
        [48] = "the table's engine does not take inserts like this: choose another table",
        [50] = "compare the mapping's types with the table's",
        [53] = "compare the mapping's types with the table's",
        [60] = "create the table again, or correct the sink's table",
        [62] = "check createTable and the names in the sink",
        [69] = ValueDoesNotFit,
        [70] = "compare the mapping's types with the table's",
        [72] = ValueDoesNotFit,
        [81] = "create the database, or correct the sink's database",
        [82] = "check the sink's database",
        [115] = "remove the setting from the sink's settings",
        [117] = "compare the mapping's types with the table's",
        [130] = ValueDoesNotFit,
        [131] = ValueDoesNotFit,
        [153] = "a row makes an expression of the table divide by zero: correct the mapping, or the expression",
        [164] = "the user may only read: grant INSERT, or use another user",
        [190] = ValueDoesNotFit,
        [192] = "correct the sink's user",
        [193] = "correct the sink's password",
        [194] = "set the sink's password",
        [195] = "the server does not allow this address for the user",
        [243] = "the server's disk is full: free space",
        [291] = "grant the user access to the database",
        [321] = ValueDoesNotFit,
        [349] = "a NULL came for a column that takes none: make it Nullable, or set the mapping's missing policy",
        [376] = ValueDoesNotFit,
        [395] = "a row makes an expression of the table throw (throwIf): correct the mapping, or the expression",
        [407] = ValueDoesNotFit,
        [452] = "a setting is not allowed for this user: remove it, or relax the constraint",
        [467] = ValueDoesNotFit,
        [469] = "a row breaks a constraint of the table: correct the mapping, or drop the constraint",
        [497] = "grant the user INSERT on the table",
        [516] = "correct the sink's user and password",
        [563] = ValueDoesNotFit,
        [565] = "the rows of one block belong to too many partitions: raise max_partitions_per_insert_block in the sink's settings, or choose a coarser PARTITION BY",
        [675] = ValueDoesNotFit,
        [676] = ValueDoesNotFit,
        [691] = ValueDoesNotFit,
    }.ToFrozenDictionary();

    // Raised while rows are converted to the table's types, get their defaults or are checked, all of which comes before anything of a block is written. The other
    // codes above blame the table, or can come later.
    private static readonly FrozenSet<int> BlamesRows = new[] { 6, 25, 26, 27, 38, 41, 69, 72, 130, 131, 153, 190, 321, 349, 376, 395, 407, 467, 469, 563, 675, 676, 691 }.ToFrozenSet();

    /// <summary>What follows from an error of the server.</summary>
    /// <param name="code">ClickHouse's error code; null when the server told none.</param>
    /// <param name="httpStatus">The HTTP status.</param>
    /// <param name="text">The server's text.</param>
    /// <param name="target">What was tried, for the message.</param>
    public static SinkOutcome Classify(int? code, int httpStatus, string text, string target)
    {
        if (code is { } known && NeedsRepair.TryGetValue(known, out var remedy))
        {
            var error = $"{target}: {text} To do: {remedy}.";
            return BlamesRows.Contains(known) ? SinkOutcome.Refused(error) : SinkOutcome.Blocked(error);
        }

        // No code: something that is not ClickHouse answered, such as a proxy. Its client errors do not pass by themselves.
        if (code is null && httpStatus is >= 400 and < 500 and not (408 or 425 or 429))
            return SinkOutcome.Blocked($"{target}: HTTP {httpStatus}: {text} To do: check that the sink's url is ClickHouse's HTTP interface.");
        return SinkOutcome.Retry($"{target}: {text}");
    }
}
