namespace ClickSink.Engine.Formats;

/// <summary>Why a message was rejected. Made on failure only.</summary>
/// <param name="Reason">A sentence that says it all: column, type, path, value and what is wrong, or where the message is broken.</param>
/// <param name="Column">The column that did not take its value; null if the message as a whole is at fault.</param>
/// <param name="Path">The path that the value came from; null if the message as a whole is at fault.</param>
/// <param name="Value">The value as it stood in the message, cut to 200 characters; null if there was none.</param>
public sealed record RowFault(string Reason, string? Column, string? Path, string? Value)
{
    /// <summary>Characters of a value that are kept.</summary>
    public const int MaxValueLength = 200;

    /// <summary>
    /// Whether nothing is wrong with the message, but something that its decoding needs is away, such as a schema registry. It is not to be rejected then but tried
    /// again, for as long as it takes.
    /// </summary>
    public bool IsTransient { get; init; }

    /// <inheritdoc />
    public override string ToString() => Reason;
}
