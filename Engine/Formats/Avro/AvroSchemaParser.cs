using System.Text;
using System.Text.Json;
using ClickSink.Engine.Formats.Transcoding;

namespace ClickSink.Engine.Formats.Avro;

/// <summary>Reads schemas. What Avro calls aliases and defaults is about reading with another schema than the writer's, which is not done here.</summary>
internal sealed class AvroSchemaParser
{
    private const int MaxFixedBytes = 1 << 20;

    private static readonly Dictionary<string, AvroKind> Primitives = new()
    {
        ["null"] = AvroKind.Null,
        ["boolean"] = AvroKind.Boolean,
        ["int"] = AvroKind.Int,
        ["long"] = AvroKind.Long,
        ["float"] = AvroKind.Float,
        ["double"] = AvroKind.Double,
        ["bytes"] = AvroKind.Bytes,
        ["string"] = AvroKind.String,
    };

    private readonly Dictionary<string, AvroSchema> _named = new(StringComparer.Ordinal);

    private AvroSchemaParser()
    {
    }

    /// <summary>Reads a schema.</summary>
    /// <param name="text">Its JSON text, or the bare name of a primitive type.</param>
    /// <param name="references">Schemas whose types it can use by name, each after those that it uses itself.</param>
    /// <exception cref="AvroSchemaException">It is none.</exception>
    public static AvroSchema Parse(string text, IReadOnlyList<KeyValuePair<string, string>> references)
    {
        var parser = new AvroSchemaParser();
        foreach ((string name, string referenced) in references) parser.ReadText(referenced, $"the schema that is referred to as {name}");
        return parser.ReadText(text, "the schema");
    }

    private AvroSchema ReadText(string text, string what)
    {
        try
        {
            string json = text.AsSpan().TrimStart() is ['{' or '[' or '"', ..] ? text : JsonSerializer.Serialize(text.Trim());
            using JsonDocument document = JsonDocument.Parse(json);
            return Read(document.RootElement, "");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new AvroSchemaException($"{what} is no Avro schema: {e.Message}");
        }
    }

    private AvroSchema Read(JsonElement schema, string space) => schema.ValueKind switch
    {
        JsonValueKind.String => Find(schema.GetString()!, space),
        JsonValueKind.Array => new AvroSchema(AvroKind.Union) { Parts = [.. schema.EnumerateArray().Select(part => Read(part, space))] },
        JsonValueKind.Object => ReadObject(schema, space),
        _ => throw new AvroSchemaException($"a schema is a name, a list or an object, not {schema.GetRawText()}"),
    };

    private AvroSchema ReadObject(JsonElement schema, string space)
    {
        JsonElement type = Require(schema, "type");
        if (type.ValueKind != JsonValueKind.String) return Read(type, space);
        switch (type.GetString())
        {
            case "record" or "error":
                return ReadRecord(schema, space);
            case "enum":
                byte[][] symbols = [.. Require(schema, "symbols").EnumerateArray().Select(symbol => Json(symbol.GetString() ?? ""))];
                return Define(schema, space, new AvroSchema(AvroKind.Enum) { Texts = symbols }, out _);
            case "fixed":
                return ReadFixed(schema, space);
            case "array":
                return new AvroSchema(AvroKind.Array) { Parts = [Read(Require(schema, "items"), space)] };
            case "map":
                return new AvroSchema(AvroKind.Map) { Parts = [Read(Require(schema, "values"), space)] };
            case { } name when Primitives.TryGetValue(name, out AvroKind kind):
                LogicalType logical = Logical(schema, kind);
                return new AvroSchema(kind) { Logical = logical, Scale = logical == LogicalType.Decimal ? Scale(schema) : 0 };
            case { } name:
                return Find(name, space);
            default:
                throw new AvroSchemaException("a type has no name");
        }
    }

    private AvroSchema ReadRecord(JsonElement schema, string space)
    {
        // Known by its name before its fields are read: one of them may be of it.
        AvroSchema record = Define(schema, space, new AvroSchema(AvroKind.Record) { Name = FullName(schema, space) }, out string inner);
        JsonElement[] fields = [.. Require(schema, "fields").EnumerateArray()];
        record.Texts = [.. fields.Select(field => (byte[])[.. Json(RequireText(field, "name")), (byte)':'])];
        record.Parts = [.. fields.Select(field => Read(Require(field, "type"), inner))];
        record.IsVariableDecimal = Text(schema, "connect.name") == "io.debezium.data.VariableScaleDecimal"
            && record.Parts is [{ Kind: AvroKind.Int }, { Kind: AvroKind.Bytes }];
        return record;
    }

    private AvroSchema ReadFixed(JsonElement schema, string space)
    {
        int size = Require(schema, "size").GetInt32();
        if (size is < 0 or > MaxFixedBytes) throw new AvroSchemaException($"a fixed has {size} bytes; at most {MaxFixedBytes} are read");
        LogicalType logical = Logical(schema, AvroKind.Fixed);
        bool fits = logical switch { LogicalType.Uuid => size == 16, LogicalType.Duration => size == 12, _ => logical == LogicalType.Decimal };
        int scale = logical == LogicalType.Decimal ? Scale(schema) : 0;
        return Define(schema, space, new AvroSchema(AvroKind.Fixed) { Size = size, Logical = fits ? logical : LogicalType.None, Scale = scale }, out _);
    }

    private AvroSchema Define(JsonElement schema, string space, AvroSchema named, out string inner)
    {
        string name = FullName(schema, space);
        int dot = name.LastIndexOf('.');
        inner = dot < 0 ? "" : name[..dot];
        if (!_named.TryAdd(name, named)) throw new AvroSchemaException($"the type {name} is defined twice");
        return named;
    }

    private AvroSchema Find(string name, string space)
    {
        if (Primitives.TryGetValue(name, out AvroKind kind)) return new AvroSchema(kind);
        if (!name.Contains('.') && space.Length > 0 && _named.TryGetValue($"{space}.{name}", out AvroSchema? near)) return near;
        return _named.TryGetValue(name, out AvroSchema? found) ? found : throw new AvroSchemaException($"the type {name} is used and not defined before");
    }

    private static string FullName(JsonElement schema, string space)
    {
        string name = RequireText(schema, "name");
        if (name.Contains('.')) return name;
        string own = Text(schema, "namespace") ?? space;
        return own.Length == 0 ? name : $"{own}.{name}";
    }

    // A logical type counts on the types that it is defined for, and is ignored elsewhere, as the specification has it.
    private static LogicalType Logical(JsonElement schema, AvroKind kind)
    {
        LogicalType debezium = LogicalTypes.Find(Text(schema, "connect.name"));
        LogicalType type = debezium != LogicalType.None ? debezium : LogicalTypes.Find(Text(schema, "logicalType"));
        bool fits = type switch
        {
            LogicalType.Decimal => kind is AvroKind.Bytes or AvroKind.Fixed,
            LogicalType.Uuid or LogicalType.Duration => kind is AvroKind.Fixed,
            _ => kind is AvroKind.Int or AvroKind.Long,
        };
        return fits ? type : LogicalType.None;
    }

    private static int Scale(JsonElement schema)
    {
        int scale = schema.TryGetProperty("scale", out JsonElement given) ? given.GetInt32() : 0;
        return Math.Abs((long)scale) <= DecimalText.MaxScale ? scale : throw new AvroSchemaException($"a decimal has the scale {scale}, beyond {DecimalText.MaxScale}");
    }

    private static JsonElement Require(JsonElement schema, string key) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(key, out JsonElement value) ? value : throw new AvroSchemaException($"a type lacks {key}: {schema.GetRawText()}");

    private static string RequireText(JsonElement schema, string key) => Text(schema, key) is { Length: > 0 } text ? text : throw new AvroSchemaException($"a type lacks {key}: {schema.GetRawText()}");

    private static string? Text(JsonElement schema, string key) =>
        schema.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static byte[] Json(string text)
    {
        var output = new JsonOutput(int.MaxValue);
        output.Text(Encoding.UTF8.GetBytes(text));
        return output.Written.ToArray();
    }
}
