using System.Globalization;
using System.Text.Json;
using ClickSink.Engine.Formats.Transcoding;

namespace ClickSink.Engine.Formats.Debezium;

/// <summary>
/// The schemas that come with events. A topic has few of them, but each event carries its own in full, so they are compared byte by byte with those that were seen, and read
/// only when they are new.
/// </summary>
internal sealed class ConnectSchemas
{
    private const int MaxKnown = 16;

    private readonly List<(byte[] Text, ValueConversion? Conversion)> _known = [];

    /// <summary>Finds what a schema says of the rows.</summary>
    /// <param name="schema">Its JSON text.</param>
    /// <param name="conversion">What has to be rewritten; null if nothing has.</param>
    /// <returns>Null, or what is wrong with the schema.</returns>
    public RowFault? Find(ReadOnlySpan<byte> schema, out ValueConversion? conversion)
    {
        foreach ((byte[] text, ValueConversion? known) in _known)
        {
            conversion = known;
            if (schema.SequenceEqual(text)) return null;
        }

        conversion = null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(schema.ToArray());
            conversion = OfRow(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return new RowFault($"the event's schema is none of Kafka Connect: {e.Message}", null, "schema", ColumnFaults.Cut(schema));
        }

        if (_known.Count == MaxKnown) _known.RemoveAt(0);
        _known.Add((schema.ToArray(), conversion));
        return null;
    }

    private static ValueConversion? OfRow(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("fields", out JsonElement fields)) return null;
        foreach (JsonElement field in fields.EnumerateArray())
        {
            if (Text(field, "field") is "after" or "before" && Of(field) is { } row) return row;
        }

        return null;
    }

    private static ValueConversion? Of(JsonElement schema)
    {
        string? name = Text(schema, "name");
        if (name == "io.debezium.data.VariableScaleDecimal") return new ValueConversion { IsVariableDecimal = true };
        switch (Text(schema, "type"))
        {
            case "struct":
                var members = new ValueConversion();
                foreach (JsonElement field in schema.GetProperty("fields").EnumerateArray())
                {
                    if (Of(field) is { } member) members.Add(Text(field, "field") ?? "", member);
                }

                return members.HasMembers ? members : null;
            case "array":
                return Of(schema.GetProperty("items")) is { } items ? new ValueConversion { Items = items } : null;
            case "map":
                return Of(schema.GetProperty("values")) is { } values ? new ValueConversion { AllMembers = values } : null;
            case "bytes":
                return LogicalTypes.Find(name) == LogicalType.Decimal ? new ValueConversion { Logical = LogicalType.Decimal, Scale = Scale(schema) } : null;
            case "int8" or "int16" or "int32" or "int64":
                LogicalType logical = LogicalTypes.Find(name);
                return logical is LogicalType.None or LogicalType.Decimal ? null : new ValueConversion { Logical = logical };
            default:
                return null;
        }
    }

    private static int Scale(JsonElement schema) =>
        schema.TryGetProperty("parameters", out JsonElement parameters) && Text(parameters, "scale") is { } text
            && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int scale) ? scale : 0;

    private static string? Text(JsonElement schema, string key) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
