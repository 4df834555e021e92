using System.Diagnostics.CodeAnalysis;
using ClickSink.Engine.Columns;
using ClickSink.Engine.Mapping;

namespace ClickSink.Engine.Formats;

/// <summary>What all decoders have in common: tombstones are no rows, too large messages are rejected, and a rejected message leaves nothing behind.</summary>
public abstract class MessageDecoder : IMessageDecoder
{
    private readonly MappingPlan _plan;

    private protected MessageDecoder(MappingPlan plan, FormatLimits? limits)
    {
        _plan = plan;
        Limits = limits ?? FormatLimits.Default;
    }

    private protected FormatLimits Limits { get; }

    /// <inheritdoc />
    public bool TryDecode(in Message message, ColumnBlock block, [NotNullWhen(false)] out RowFault? fault)
    {
        fault = null;
        if (message.IsNull) return true;
        if (!ReferenceEquals(block.Plan, _plan))
            throw new ArgumentException("The block was made by another mapping plan than the decoder's.", nameof(block));

        int rows = block.Rows;
        fault = message.Value.Length > Limits.MaxMessageBytes ? TooLarge(message) : Decode(message, block);
        if (fault is null) return true;
        block.Truncate(rows);
        return false;
    }

    /// <summary>Appends the rows of a message that has a value.</summary>
    /// <returns>Null, or why the message is rejected; what was appended is then taken back.</returns>
    private protected abstract RowFault? Decode(in Message message, ColumnBlock block);

    private RowFault TooLarge(in Message message) =>
        new($"the message has {message.Value.Length} bytes, and at most {Limits.MaxMessageBytes} are read; raise format.maxMessageBytes if that is meant", null, null, null);
}
