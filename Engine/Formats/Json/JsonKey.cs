using System.Text;

namespace ClickSink.Engine.Formats.Json;

/// <summary>
/// A key of an object, or an element of an array, that a mapping knows or a message has shown: what its value is for, and
/// which key is likely to follow it.
/// </summary>
internal sealed class JsonKey
{
    public JsonKey(ReadOnlySpan<byte> name, string path)
    {
        Path = path;
        Name = name.ToArray();
        Literal = IsWrittenAsItIs(name) ? [(byte)'"', .. name, (byte)'"', (byte)':'] : [];
    }

    private JsonKey(string path)
    {
        Path = path;
        Name = [];
        Literal = [];
    }

    /// <summary>The path from the message's root, as a mapping would write it.</summary>
    public string Path { get; }

    /// <summary>The key, unescaped, in UTF-8.</summary>
    public byte[] Name { get; }

    /// <summary>
    /// The key as a compact message has it, with quotes and colon, to be compared at once. Empty if the key cannot stand in
    /// JSON without escapes: it is then never predicted.
    /// </summary>
    public byte[] Literal { get; }

    /// <summary>The columns that take the value itself, by position in the plan.</summary>
    public int[] Columns { get; private set; } = [];

    /// <summary>The only column that takes the value, if there is just one and nothing inside of the value is mapped; else -1.</summary>
    public int OnlyColumn { get; private set; } = -1;

    /// <summary>The keys of interest if the value is an object; null if nothing in it is mapped.</summary>
    public JsonKeyTable? Members { get; private set; }

    /// <summary>The elements of interest by position if the value is an array; null if nothing in it is mapped.</summary>
    public JsonKey?[]? Elements { get; private set; }

    /// <summary>Whether something inside of the value is mapped.</summary>
    public bool IsBranch => Members is not null || Elements is not null;

    /// <summary>The key that followed this one last time.</summary>
    public JsonKey? Next { get; set; }

    /// <summary>The row in which this branch was seen last, so that a second one of the same key is noticed.</summary>
    public long LastRow { get; set; } = -1;

    /// <summary>A key that has no name, and so is never recognized by it.</summary>
    public static JsonKey Nameless(string path) => new(path);

    /// <summary>The key's node below this one, made if needed.</summary>
    public JsonKey Descend(string key)
    {
        Members ??= new JsonKeyTable(Path);
        OnlyColumn = -1;
        return Members.GetOrAdd(Encoding.UTF8.GetBytes(key));
    }

    /// <summary>The element's node below this one, made if needed.</summary>
    public JsonKey Descend(int index)
    {
        JsonKey?[] elements = Elements ?? [];
        if (index >= elements.Length) Array.Resize(ref elements, index + 1);
        Elements = elements;
        OnlyColumn = -1;
        return elements[index] ??= Nameless($"{Path}[{index}]");
    }

    /// <summary>Has a column take the value.</summary>
    public void AddColumn(int column)
    {
        Columns = [.. Columns, column];
        OnlyColumn = Columns.Length == 1 && !IsBranch ? column : -1;
    }

    private static bool IsWrittenAsItIs(ReadOnlySpan<byte> name)
    {
        foreach (byte b in name)
        {
            if (b is (byte)'"' or (byte)'\\' or < (byte)' ') return false;
        }

        return true;
    }
}
