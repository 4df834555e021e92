using ClickSink.Engine.Columns;
using ClickSink.Engine.Mapping;

namespace ClickSink.Engine.Formats;

/// <summary>
/// JSON messages: an object is a row, an array of objects is that many rows. Strict (RFC 8259): what is no JSON is
/// rejected even in fields that nobody maps, and a byte order mark is skipped. Of a key that stands twice the last counts.
/// docs/coercions.md says which value becomes what. Steady state allocates nothing.
/// </summary>
public sealed class JsonDecoder : MessageDecoder
{
    private readonly JsonRows _rows;

    /// <summary>Makes a decoder for one worker.</summary>
    /// <param name="plan">The mapping.</param>
    /// <param name="limits">What a message may have; null for the defaults.</param>
    /// <param name="unknown">Is told of fields that no column takes; null if nobody asks.</param>
    public JsonDecoder(MappingPlan plan, FormatLimits? limits = null, IUnknownFields? unknown = null)
        : base(plan, limits) => _rows = new JsonRows(plan, Limits, unknown);

    private protected override RowFault? Decode(in Message message, ColumnBlock block)
    {
        _rows.Begin(block);
        return _rows.Decode(message.Value, message, default, block);
    }
}
