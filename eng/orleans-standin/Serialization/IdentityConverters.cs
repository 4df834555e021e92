using System.Text.Json;
using System.Text.Json.Serialization;
using Orleans.Runtime;

namespace Orleans.Standin.Serialization;

/// <summary>A value that travels as text, also as the key of a dictionary.</summary>
internal abstract class TextConverter<T> : JsonConverter<T>
    where T : notnull
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Parse(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(Print(value));

    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Parse(reader.GetString()!);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WritePropertyName(Print(value));

    protected abstract T Parse(string text);

    protected abstract string Print(T value);
}

/// <summary><c>type/key</c>.</summary>
internal sealed class GrainIdConverter : TextConverter<GrainId>
{
    protected override GrainId Parse(string text) => GrainId.Parse(text);

    protected override string Print(GrainId value) => value.ToString();
}

/// <summary><c>address:port@generation</c>.</summary>
internal sealed class SiloAddressConverter : TextConverter<SiloAddress>
{
    protected override SiloAddress Parse(string text) => SiloAddress.FromParsableString(text);

    protected override string Print(SiloAddress value) => value.ToParsableString();
}
