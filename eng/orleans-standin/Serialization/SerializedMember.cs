using System.Reflection;

namespace Orleans.Standin.Serialization;

/// <summary>
/// The members of a class that travel, each under a key that outlives renaming: the number of its <see cref="IdAttribute"/>,
/// behind how deep in the inheritance the class stands that declares it, since each class numbers its own.
/// </summary>
internal sealed record SerializedMember(string Key, Type Type, Func<object, object?> Get, Action<object, object?> Set)
{
    private const BindingFlags Declared =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    public static IEnumerable<SerializedMember> Of(Type type)
    {
        var lineage = new Stack<Type>();
        for (var level = type; level is not null && level != typeof(object) && level != typeof(ValueType); level = level.BaseType)
            lineage.Push(level);

        return lineage.SelectMany((level, depth) => DeclaredBy(level, depth == 0 ? "" : $"{depth}."));
    }

    private static IEnumerable<SerializedMember> DeclaredBy(Type level, string prefix)
    {
        var parameters = RecordParameters(level);
        foreach (var property in level.GetProperties(Declared))
        {
            var position = Array.FindIndex(parameters, parameter => parameter.Name == property.Name);
            if (property.GetCustomAttribute<IdAttribute>() is { } id)
                yield return OfProperty(property, $"{prefix}{id.Id}");
            else if (position >= 0)
                yield return OfProperty(property, $"{prefix}{parameters[position].GetCustomAttribute<IdAttribute>()?.Id.ToString() ?? $"p{position}"}");
        }

        foreach (var field in level.GetFields(Declared))
        {
            if (field.GetCustomAttribute<IdAttribute>() is { } id)
                yield return new SerializedMember($"{prefix}{id.Id}", field.FieldType, field.GetValue, field.SetValue);
        }
    }

    private static SerializedMember OfProperty(PropertyInfo property, string key) => new(
        key,
        property.PropertyType,
        property.GetValue,
        property.SetMethod is not null
            ? property.SetValue
            : property.DeclaringType!.GetField($"<{property.Name}>k__BackingField", Declared) is { } field
                ? field.SetValue
                : throw new NotSupportedException($"{property.DeclaringType}.{property.Name} has an [Id] but cannot be set: give it init or set."));

    /// <summary>A record's primary constructor: the parameters that have a property of the same name and type.</summary>
    private static ParameterInfo[] RecordParameters(Type level)
    {
        var isRecord = level.GetMethod("<Clone>$", Declared) is not null || level.GetMethod("PrintMembers", Declared) is not null;
        if (!isRecord || level.GetCustomAttribute<GenerateSerializerAttribute>(false) is { IncludePrimaryConstructorParameters: false })
            return [];

        return level.GetConstructors(Declared)
            .Select(constructor => constructor.GetParameters())
            .Where(parameters => parameters.Length > 0 && parameters.All(parameter =>
                level.GetProperty(parameter.Name!, Declared)?.PropertyType == parameter.ParameterType))
            .MaxBy(parameters => parameters.Length) ?? [];
    }
}
