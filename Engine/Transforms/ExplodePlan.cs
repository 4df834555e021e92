using ClickSink.Engine.Mapping;
using ClickSink.Engine.Pipelines;

namespace ClickSink.Engine.Transforms;

/// <summary>
/// How the messages of a pipeline with <c>explode</c> are read: the columns of the message with its array as text, then the columns of each element. Immutable.
/// </summary>
internal sealed class ExplodePlan
{
    /// <summary>The step of a path that means each element.</summary>
    public const string EachElement = "[*]";

    /// <summary>The key under which an element is handed to its decoder, so that elements that are no objects can be read as well.</summary>
    public const string ElementKey = "e";

    private const string ArrayColumn = "$array";

    private ExplodePlan(ExplodeOptions options, MappingPlan message, MappingPlan element, bool[] isOfElement)
    {
        Path = options.Path;
        KeepEmpty = options.KeepEmpty;
        Message = message;
        Element = element;
        IsOfElement = isOfElement;
    }

    /// <summary>Where the array is.</summary>
    public string Path { get; }

    /// <summary>Whether a message without elements is a row.</summary>
    public bool KeepEmpty { get; }

    /// <summary>The columns that every row of a message shares; the last one is the array's text.</summary>
    public MappingPlan Message { get; }

    /// <summary>The columns that each element has for itself.</summary>
    public MappingPlan Element { get; }

    /// <summary>For each column of the mapping, in its order, whether it is of the element.</summary>
    public IReadOnlyList<bool> IsOfElement { get; }

    /// <summary>Whether a path has a step that means each element.</summary>
    public static bool IsOfElements(ColumnMapping column) => PathOf(column).Replace(@"\[", "", StringComparison.Ordinal).Contains(EachElement, StringComparison.Ordinal);

    /// <summary>A mapping whose paths can be read without knowing of elements: the first stands for each.</summary>
    public static MappingOptions WithoutElements(MappingOptions mapping) => mapping with
    {
        Columns = [.. mapping.Columns.Select(c => IsOfElements(c) ? c with { Path = PathOf(c).Replace(EachElement, "[0]", StringComparison.Ordinal) } : c)],
    };

    /// <summary>Compiles it; faults of the columns themselves are those of the mapping and are told there.</summary>
    public static ExplodePlan? Compile(ExplodeOptions options, MappingOptions mapping, string place, FaultList faults)
    {
        if (options.Path.Length == 0) return null;
        if (!MappingPath.TryParse(options.Path, out var path, out var error) || path.Metadata is not null)
        {
            faults.Add($"{place}.path", options.Path, error ?? "must lead to an array in the message's value");
            return null;
        }

        var isOfElement = mapping.Columns.Select(IsOfElements).ToArray();
        if (!isOfElement.Contains(true))
        {
            faults.Add($"{place}.path", options.Path, $"no column is of an element: at least one path must begin with {options.Path}{EachElement}");
            return null;
        }

        var prefix = options.Path + EachElement;
        for (var i = 0; i < isOfElement.Length; i++)
        {
            if (isOfElement[i] && (!PathOf(mapping.Columns[i]).StartsWith(prefix, StringComparison.Ordinal) || PathOf(mapping.Columns[i])[prefix.Length..].Contains(EachElement)))
                faults.Add($"mapping.columns[{i}].path", mapping.Columns[i].Path, $"{EachElement} can stand once and in {prefix} only, the array that is exploded");
        }

        var array = new ColumnMapping { Name = ArrayColumn, Type = "String", Path = options.Path };
        var shared = mapping.Columns.Where((_, i) => !isOfElement[i]).Append(array);
        var own = mapping.Columns.Where((_, i) => isOfElement[i]).Select(c => c with { Path = ElementKey + PathOf(c)[Math.Min(prefix.Length, PathOf(c).Length)..] });
        var found = new List<Fault>();
        // What nobody maps is asked of the message; within an element it is left out.
        if (MappingPlan.TryCompile(mapping with { Columns = [.. shared] }, out var message, found)
            && MappingPlan.TryCompile(mapping with { Columns = [.. own], Rest = null, Unknown = null }, out var element, found))
            return new ExplodePlan(options, message, element, isOfElement);
        if (faults.Count == 0) faults.Add($"{place}.path", options.Path, $"the columns of the message and those of the element cannot be read apart: {found[0]}");
        return null;
    }

    private static string PathOf(ColumnMapping column) => column.Path ?? column.Name;
}
