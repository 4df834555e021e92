using System.Text.Json;
using System.Text.Json.Serialization;
using Orleans.Runtime;
using Orleans.Standin.Calls;

namespace Orleans.Standin.Serialization;

/// <summary>References to grains travel as the grain's id, and become references of the process that reads them.</summary>
internal sealed class GrainReferenceConverterFactory : JsonConverterFactory
{
    private readonly IServiceProvider _services;

    public GrainReferenceConverterFactory(IServiceProvider services) => _services = services;

    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsInterface && typeof(IAddressable).IsAssignableFrom(typeToConvert);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert), _services)!;

    private sealed class Converter<T> : JsonConverter<T>
        where T : class, IAddressable
    {
        private readonly IServiceProvider _services;

        public Converter(IServiceProvider services) => _services = services;

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            (T)GrainProxy.Create(typeof(T), GrainId.Parse(reader.GetString()!), _services);

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value is Grain
                ? throw new NotSupportedException($"{value.GetType()} cannot travel itself: pass this.AsReference<{typeof(T).Name}>().")
                : value.GetGrainId().ToString());
    }
}
