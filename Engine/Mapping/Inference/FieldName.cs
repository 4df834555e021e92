using System.Text;

namespace ClickSink.Engine.Mapping.Inference;

/// <summary>Names of columns, and paths to fields.</summary>
internal static class FieldName
{
    private const int MaxLength = 120;

    /// <summary>The path of a member.</summary>
    /// <param name="parent">The path of the object; empty for the message itself.</param>
    /// <param name="key">The member's key; not empty.</param>
    public static string Path(string parent, string key)
    {
        var escaped = new StringBuilder(parent);
        if (parent.Length > 0) escaped.Append('.');
        // At the beginning it would be taken for the message's own fields.
        else if (key.StartsWith('$')) escaped.Append('\\');
        foreach (var c in key)
        {
            if (c is '.' or '[' or '\\') escaped.Append('\\');
            escaped.Append(c);
        }

        return escaped.ToString();
    }

    /// <summary>A column's name for the keys from the message down to the field, different from all that are taken.</summary>
    public static string Column(IEnumerable<string> keys, ISet<string> taken)
    {
        var name = new StringBuilder();
        foreach (var c in string.Join('_', keys)) name.Append(char.IsLetterOrDigit(c) || c is '_' ? c : '_');
        if (name.Length > MaxLength) name.Length = MaxLength;
        if (name.Length == 0 || name.ToString().All(c => c is '_')) name.Append("field");
        if (char.IsDigit(name[0])) name.Insert(0, '_');
        var first = name.ToString();
        var unique = first;
        for (var number = 2; !taken.Add(unique); number++) unique = $"{first}_{number}";
        return unique;
    }
}
