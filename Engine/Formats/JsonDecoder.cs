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
    public JsonDecoder(MappingPlan plan, FormatLimits? limits = null)
        : base(plan, limits) => _rows = new JsonRows(plan, Limits);

    private protected override RowFault? Decode(in Message message, ColumnBlock block)
    {
        _rows.Begin(block);
        return _rows.Decode(message.Value, message, default, block);
    }
}
