using ClickSink.Engine.Formats.Transcoding;

namespace ClickSink.Engine.Formats.Registry;

/// <summary>JSON behind the id of a schema, as Confluent's serializer for JSON Schema writes it. JSON needs no schema to be read, so nobody is asked for it.</summary>
internal sealed class SchemaIdSkipper : ITranscoder
{
    public RowFault? Transcode(ReadOnlySpan<byte> value, out ReadOnlySpan<byte> json)
    {
        RowFault? fault = WireFormat.TryReadId(value, out _);
        json = fault is null ? value[WireFormat.HeaderBytes..] : default;
        return fault;
    }
}
