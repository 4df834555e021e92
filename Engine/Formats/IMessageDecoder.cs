using System.Diagnostics.CodeAnalysis;
using ClickSink.Engine.Columns;

namespace ClickSink.Engine.Formats;

/// <summary>Turns messages of one format into rows. Not thread-safe: each worker has its own.</summary>
public interface IMessageDecoder
{
    /// <summary>Appends the message's rows to the block: none, one or several. A tombstone has none.</summary>
    /// <param name="message">The message.</param>
    /// <param name="block">A block of the mapping that the decoder was made for.</param>
    /// <param name="fault">Why the message was rejected.</param>
    /// <returns>False if the message is rejected; the block then holds exactly the rows that it held before.</returns>
    bool TryDecode(in Message message, ColumnBlock block, [NotNullWhen(false)] out RowFault? fault);
}
