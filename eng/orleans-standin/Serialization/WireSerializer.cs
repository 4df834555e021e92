using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orleans.Standin.Serialization;

/// <summary>Arguments, results and errors as JSON. A copy within a silo goes the same way, so a call does there what it does afar.</summary>
internal sealed class WireSerializer
{
    private readonly JsonSerializerOptions _options;

    public WireSerializer(IServiceProvider services) => _options = new JsonSerializerOptions
    {
        TypeInfoResolver = new ContractResolver(),
        Converters = { new GrainReferenceConverterFactory(services), new ExceptionConverter() },
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        IncludeFields = true,
    };

    public byte[] Serialize(object? value, Type declared) => JsonSerializer.SerializeToUtf8Bytes(value, declared, _options);

    public object? Deserialize(ReadOnlySpan<byte> json, Type declared) => JsonSerializer.Deserialize(json, declared, _options);

    public byte[] SerializeArguments(IReadOnlyList<object?> values, IReadOnlyList<Type> declared)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartArray();
        for (var i = 0; i < declared.Count; i++)
            JsonSerializer.Serialize(writer, values[i], declared[i], _options);
        writer.WriteEndArray();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads arguments; those that an older caller does not send are their type's default.</summary>
    public object?[] DeserializeArguments(ReadOnlySpan<byte> json, IReadOnlyList<Type> declared)
    {
        var values = new object?[declared.Count];
        var reader = new Utf8JsonReader(json);
        reader.Read();
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = reader.TokenType != JsonTokenType.EndArray && reader.Read() && reader.TokenType != JsonTokenType.EndArray
                ? JsonSerializer.Deserialize(ref reader, declared[i], _options)
                : declared[i].IsValueType ? Activator.CreateInstance(declared[i]) : null;
        }

        return values;
    }

    public byte[] SerializeError(Exception exception)
    {
        RemoteException remote;
        try
        {
            remote = RemoteException.Of(exception, _options);
        }
        catch (NotSupportedException)
        {
            // A member of the exception that cannot travel must not hide the exception itself.
            remote = new RemoteException { Types = [exception.GetType().FullName!, typeof(Exception).FullName!], Message = exception.Message };
        }

        return JsonSerializer.SerializeToUtf8Bytes(remote);
    }

    public Exception DeserializeError(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<RemoteException>(json)!.ToException(_options);

    private sealed class ExceptionConverter : JsonConverter<Exception>
    {
        public override bool CanConvert(Type typeToConvert) => typeof(Exception).IsAssignableFrom(typeToConvert);

        public override Exception Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            JsonSerializer.Deserialize<RemoteException>(ref reader)!.ToException(options);

        public override void Write(Utf8JsonWriter writer, Exception value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, RemoteException.Of(value, options));
    }
}
