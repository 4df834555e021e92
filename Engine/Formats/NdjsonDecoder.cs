using ClickSink.Engine.Columns;
using ClickSink.Engine.Mapping;

namespace ClickSink.Engine.Formats;

/// <summary>
/// JSON objects, one a line; blank lines are nothing. A broken line rejects the whole message: a dead letter is a message, and one of which half is stored could not
/// be replayed without storing that half twice.
/// </summary>
public sealed class NdjsonDecoder : MessageDecoder
{
    private readonly JsonRows _rows;

    /// <summary>Makes a decoder for one worker.</summary>
    public NdjsonDecoder(MappingPlan plan, FormatLimits? limits = null)
        : base(plan, limits) => _rows = new JsonRows(plan, Limits);

    private protected override RowFault? Decode(in Message message, ColumnBlock block)
    {
        _rows.Begin(block);
        ReadOnlySpan<byte> left = message.Value;
        if (left.StartsWith("\uFEFF"u8)) left = left[3..];
        for (int line = 1; !left.IsEmpty; line++)
        {
            int end = left.IndexOf((byte)'\n');
            ReadOnlySpan<byte> text = end < 0 ? left : left[..end];
            left = end < 0 ? default : left[(end + 1)..];
            if (text.Trim(" \t\r"u8).IsEmpty) continue;
            RowFault? fault = _rows.Decode(text, message, default, block);
            if (fault is not null) return fault with { Reason = $"line {line}: {fault.Reason}" };
        }

        return null;
    }
}
