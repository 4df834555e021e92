using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Orleans.Standin.Serialization;

/// <summary>What may travel, and as what: types with <see cref="GenerateSerializerAttribute"/>, and plain values and collections.</summary>
internal sealed class ContractResolver : IJsonTypeInfoResolver
{
    private static readonly HashSet<Type> PlainTypes =
    [
        typeof(string), typeof(decimal), typeof(Guid), typeof(DateTime), typeof(DateTimeOffset), typeof(TimeSpan), typeof(DateOnly),
        typeof(TimeOnly), typeof(Int128), typeof(UInt128), typeof(Half), typeof(Uri), typeof(Version), typeof(Memory<byte>),
        typeof(ReadOnlyMemory<byte>),
    ];

    private readonly DefaultJsonTypeInfoResolver _plain = new();

    public JsonTypeInfo GetTypeInfo(Type type, JsonSerializerOptions options)
    {
        if (IsPlain(type) || type.IsDefined(typeof(JsonConverterAttribute), false)
            || options.Converters.Any(converter => converter.CanConvert(type)))
        {
            return _plain.GetTypeInfo(type, options);
        }

        var derived = type.IsSealed || type.IsValueType ? [] : ApplicationTypes.ConcreteTypesOf(type).ToList();
        if (!type.IsDefined(typeof(GenerateSerializerAttribute), false) && !(type.IsAbstract && derived.Count > 0))
        {
            throw new NotSupportedException(
                $"{type} cannot travel in a grain call: put [GenerateSerializer] on it and [Id] on its members, or pass another type.");
        }

        return Describe(type, derived, options);
    }

    /// <summary>Whether values of a type are never changed, so that they need no copy.</summary>
    public static bool IsImmutable(Type type) =>
        type.IsPrimitive || type.IsEnum || PlainTypes.Contains(type) || type.IsDefined(typeof(ImmutableAttribute), false)
        || typeof(Exception).IsAssignableFrom(type) || Nullable.GetUnderlyingType(type) is { } value && IsImmutable(value);

    private static JsonTypeInfo Describe(Type type, List<Type> derived, JsonSerializerOptions options)
    {
        var info = JsonTypeInfo.CreateJsonTypeInfo(type, options);
        if (!type.IsAbstract)
        {
            // As Orleans does: no constructor runs where none can be called without arguments.
            var constructor = type.IsValueType ? null : type.GetConstructor(
                BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, Type.EmptyTypes);
            info.CreateObject = constructor is null
                ? () => RuntimeHelpers.GetUninitializedObject(type)
                : () => constructor.Invoke(null);
        }

        foreach (var member in SerializedMember.Of(type))
        {
            var property = info.CreateJsonPropertyInfo(member.Type, member.Key);
            property.Get = member.Get;
            property.Set = member.Set;
            info.Properties.Add(property);
        }

        if (derived.Count > 0)
        {
            info.PolymorphismOptions = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = "$t" };
            foreach (var one in derived)
                info.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(one, ApplicationTypes.NameOf(one)));
        }

        return info;
    }

    private static bool IsPlain(Type type) =>
        type.IsPrimitive || type.IsEnum || type.IsArray || PlainTypes.Contains(type) || IsCollectionOrTuple(type);

    private static bool IsCollectionOrTuple(Type type) => type.IsGenericType
        && (Nullable.GetUnderlyingType(type) is not null
            || type.Namespace is "System.Collections.Generic" or "System.Collections.Immutable" or "System.Collections.ObjectModel"
                or "System.Collections.Frozen" or "System.Collections.Concurrent"
            || typeof(ITuple).IsAssignableFrom(type) && type.Namespace == "System");
}
