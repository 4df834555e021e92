using System.Collections.Frozen;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Orleans.Standin.Serialization;

/// <summary>
/// The types of every assembly of the program that uses Orleans, loaded or not: Orleans' generator lists them at compile time,
/// this reads their metadata at start.
/// </summary>
internal static class ApplicationTypes
{
    private static readonly Lazy<IReadOnlyList<Type>> AllTypes = new(Find);
    private static readonly Lazy<FrozenDictionary<string, Type>> ByWireName = new(() => All
        .Where(type => !type.IsGenericTypeDefinition && type.IsDefined(typeof(GenerateSerializerAttribute), false))
        .GroupBy(NameOf)
        .ToFrozenDictionary(same => same.Key, Single));

    public static IReadOnlyList<Type> All => AllTypes.Value;

    /// <summary>The name of a type on the wire: its alias, else its full name.</summary>
    public static string NameOf(Type type) =>
        type.GetCustomAttribute<AliasAttribute>(false)?.Alias ?? type.FullName ?? type.Name;

    /// <summary>The serialized type with this name; null where this build has none.</summary>
    public static Type? Named(string name) => ByWireName.Value.GetValueOrDefault(name);

    /// <summary>The serialized classes that a value of this declared type can be.</summary>
    public static IEnumerable<Type> ConcreteTypesOf(Type declared) => ByWireName.Value.Values
        .Where(type => !type.IsAbstract && !type.IsEnum && type != declared && declared.IsAssignableFrom(type));

    private static Type Single(IGrouping<string, Type> same) => same.Count() == 1
        ? same.First()
        : throw new InvalidOperationException(
            $"The alias \"{same.Key}\" names {string.Join(" and ", same.Select(type => type.FullName))}: give each its own.");

    private static List<Type> Find()
    {
        var own = typeof(ApplicationTypes).Assembly;
        var name = own.GetName().Name!;
        var assemblies = AppDomain.CurrentDomain.GetAssemblies().Where(assembly => !assembly.IsDynamic)
            .ToDictionary(assembly => assembly.GetName().Name!, StringComparer.OrdinalIgnoreCase);
        foreach (var path in ProgramFiles())
        {
            var simple = Path.GetFileNameWithoutExtension(path);
            if (!assemblies.ContainsKey(simple) && References(path, name))
                assemblies[simple] = Assembly.Load(new AssemblyName(simple));
        }

        return assemblies.Values
            .Where(assembly => assembly == own || assembly.GetReferencedAssemblies().Any(reference => reference.Name == name))
            .SelectMany(assembly => assembly.GetTypes())
            .ToList();
    }

    /// <summary>What the program's own list of dependencies names; other programs' files may lie in the same folder.</summary>
    private static IEnumerable<string> ProgramFiles() => (AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Where(path => path.StartsWith(AppContext.BaseDirectory, StringComparison.Ordinal));

    private static bool References(string path, string name)
    {
        using var stream = File.OpenRead(path);
        using var file = new PEReader(stream);
        if (!file.HasMetadata)
            return false;

        var metadata = file.GetMetadataReader();
        return metadata.AssemblyReferences.Any(handle =>
            metadata.StringComparer.Equals(metadata.GetAssemblyReference(handle).Name, name));
    }
}
