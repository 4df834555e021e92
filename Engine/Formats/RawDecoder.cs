using ClickSink.Engine.Columns;
using ClickSink.Engine.Mapping;

namespace ClickSink.Engine.Formats;

/// <summary>Messages whose bytes are stored as they are, whatever they hold: a row each, filled from <c>$kafka</c> paths alone.</summary>
public sealed class RawDecoder : MessageDecoder
{
    private readonly RowEnd _end;

    /// <summary>Makes a decoder for one worker.</summary>
    public RawDecoder(MappingPlan plan, FormatLimits? limits = null)
        : base(plan, limits) => _end = new RowEnd(plan, Limits);

    private protected override RowFault? Decode(in Message message, ColumnBlock block)
    {
        _end.Begin(block);
        return _end.TryComplete(message, default, block) ? null : _end.Fault;
    }
}
