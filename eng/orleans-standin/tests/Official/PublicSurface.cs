using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Orleans.Standin.Tests.Official;

/// <summary>
/// What an assembly lets others see, as text: read from its metadata alone, so that assemblies can be read whose own references
/// are not there.
/// </summary>
internal sealed class PublicSurface
{
    private readonly MetadataReader _metadata;

    private PublicSurface(MetadataReader metadata) => _metadata = metadata;

    /// <summary>The public types of an assembly by their full names.</summary>
    public static Dictionary<string, PublicType> Read(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        return new PublicSurface(file.GetMetadataReader()).Types().ToDictionary(type => type.Name);
    }

    private IEnumerable<PublicType> Types()
    {
        foreach (var handle in _metadata.TypeDefinitions)
        {
            var type = _metadata.GetTypeDefinition(handle);
            var visibility = type.Attributes & TypeAttributes.VisibilityMask;
            if (visibility is TypeAttributes.Public or TypeAttributes.NestedPublic)
                yield return Describe(handle, type);
        }
    }

    private PublicType Describe(TypeDefinitionHandle handle, TypeDefinition type)
    {
        var isInterface = (type.Attributes & TypeAttributes.Interface) != 0;
        var names = new TypeNames(_metadata, NamesOf(type.GetGenericParameters()));
        var shape = new List<string>
        {
            isInterface ? "interface" : "class or struct",
            $"base {(type.BaseType.IsNil ? "none" : names.Of(type.BaseType))}",
            $"generic parameters {type.GetGenericParameters().Count}",
        };
        if (!isInterface)
            shape.Add($"{(type.Attributes.HasFlag(TypeAttributes.Abstract) ? "abstract" : "")} {(type.Attributes.HasFlag(TypeAttributes.Sealed) ? "sealed" : "")}");
        if (AttributeUsage(type) is { } usage)
            shape.Add($"attribute usage {usage}");

        var members = type.GetMethods().Select(_metadata.GetMethodDefinition).Where(IsVisible).Select(method => Describe(method, type, isInterface))
            .Concat(type.GetFields().Select(_metadata.GetFieldDefinition).Where(IsVisible).Select(field => Describe(field, names)));
        return new PublicType(names.Of(handle), shape, [.. members]);
    }

    private string Describe(MethodDefinition method, TypeDefinition type, bool ofInterface)
    {
        var names = new TypeNames(_metadata, NamesOf(type.GetGenericParameters()), NamesOf(method.GetGenericParameters()));
        var signature = method.DecodeSignature(names, null);
        var parameters = method.GetParameters().Select(_metadata.GetParameter).Where(one => one.SequenceNumber > 0)
            .OrderBy(one => one.SequenceNumber)
            .Select(one => $"{signature.ParameterTypes[one.SequenceNumber - 1]} {_metadata.GetString(one.Name)}"
                + (one.Attributes.HasFlag(ParameterAttributes.Optional) ? $" = {ConstantOf(one.GetDefaultValue())}" : ""));
        var kind = method.Attributes.HasFlag(MethodAttributes.Static) ? "static "
            : ofInterface && method.Attributes.HasFlag(MethodAttributes.Abstract) ? "abstract " : "";
        return $"{kind}{signature.ReturnType} {_metadata.GetString(method.Name)}{Arity(signature.GenericParameterCount)}({string.Join(", ", parameters)})";
    }

    private string Describe(FieldDefinition field, TypeNames names) =>
        $"field {field.DecodeSignature(names, null)} {_metadata.GetString(field.Name)} = {ConstantOf(field.GetDefaultValue())}";

    private string? AttributeUsage(TypeDefinition type)
    {
        foreach (var handle in type.GetCustomAttributes())
        {
            var attribute = _metadata.GetCustomAttribute(handle);
            if (attribute.Constructor.Kind != HandleKind.MemberReference)
                continue;
            var constructor = _metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor);
            if (new TypeNames(_metadata, []).Of(constructor.Parent) != "System.AttributeUsageAttribute")
                continue;

            var value = attribute.DecodeValue(new AttributeValues());
            return $"{value.FixedArguments[0].Value}; {string.Join(", ", value.NamedArguments
                .Select(one => $"{one.Name}={one.Value}").Where(one => one != "AllowMultiple=False").Order(StringComparer.Ordinal))}";
        }

        return null;
    }

    private string ConstantOf(ConstantHandle handle)
    {
        if (handle.IsNil)
            return "none";
        var constant = _metadata.GetConstant(handle);
        return _metadata.GetBlobReader(constant.Value).ReadConstant(constant.TypeCode)?.ToString() ?? "null";
    }

    private List<string> NamesOf(GenericParameterHandleCollection parameters) =>
        [.. parameters.Select(handle => _metadata.GetString(_metadata.GetGenericParameter(handle).Name))];

    private static string Arity(int count) => count == 0 ? "" : $"`{count}";

    private static bool IsVisible(MethodDefinition method) => (method.Attributes & MethodAttributes.MemberAccessMask)
        is MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem;

    private static bool IsVisible(FieldDefinition field) => (field.Attributes & FieldAttributes.FieldAccessMask)
        is FieldAttributes.Public or FieldAttributes.Family or FieldAttributes.FamORAssem;
}

/// <summary>A public type: its shape, and its visible members with their parameters.</summary>
internal sealed record PublicType(string Name, List<string> Shape, HashSet<string> Members);
