using ClickSink.Engine.Columns;
using ClickSink.Engine.Mapping;

namespace ClickSink.Engine.Formats.Transcoding;

/// <summary>Messages that are made into JSON first.</summary>
internal sealed class TranscodingDecoder : MessageDecoder
{
    private readonly ITranscoder _transcoder;
    private readonly JsonRows _rows;

    public TranscodingDecoder(MappingPlan plan, FormatLimits limits, ITranscoder transcoder)
        : base(plan, limits)
    {
        _transcoder = transcoder;
        _rows = new JsonRows(plan, limits);
    }

    private protected override RowFault? Decode(in Message message, ColumnBlock block)
    {
        RowFault? fault = _transcoder.Transcode(message.Value, out ReadOnlySpan<byte> json);
        if (fault is not null) return fault;
        _rows.Begin(block);
        return _rows.Decode(json, message, default, block);
    }
}
