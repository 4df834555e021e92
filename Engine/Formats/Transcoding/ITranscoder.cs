namespace ClickSink.Engine.Formats.Transcoding;

/// <summary>
/// Makes JSON text of messages of a binary format. Not the fastest way into columns, but the one with a single set of coercions; the text lies in memory that the next
/// message reuses.
/// </summary>
internal interface ITranscoder
{
    /// <summary>Makes JSON of a message's value.</summary>
    /// <param name="value">The message's value.</param>
    /// <param name="json">Its JSON text; valid until the next call.</param>
    /// <returns>Null, or why the message is not what it should be.</returns>
    RowFault? Transcode(ReadOnlySpan<byte> value, out ReadOnlySpan<byte> json);
}
