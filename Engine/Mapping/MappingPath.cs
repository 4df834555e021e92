using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace ClickSink.Engine.Mapping;

/// <summary>A path, taken apart: steps into the message's value, or one of the message's own fields.</summary>
public sealed class MappingPath
{
    private const string MessagePrefix = "$kafka.";
    private const string ChangePrefix = "$debezium.";
    private const string HeadersPrefix = "$kafka.headers.";
    private const int MaxIndex = 1023;

    private static readonly Dictionary<string, MetadataField> MetadataFields = new()
    {
        ["$kafka.topic"] = MetadataField.Topic,
        ["$kafka.partition"] = MetadataField.Partition,
        ["$kafka.offset"] = MetadataField.Offset,
        ["$kafka.timestamp"] = MetadataField.Timestamp,
        ["$kafka.key"] = MetadataField.Key,
        ["$kafka.value"] = MetadataField.Value,
        ["$debezium.op"] = MetadataField.Operation,
        ["$debezium.timestamp"] = MetadataField.ChangeTimestamp,
        ["$debezium.deleted"] = MetadataField.Deleted,
        ["$debezium.version"] = MetadataField.Version,
    };

    private MappingPath(string text, IReadOnlyList<PathSegment> segments, MetadataField? metadata, string? header)
    {
        Text = text;
        Segments = segments;
        Metadata = metadata;
        Header = header;
    }

    /// <summary>The path as written.</summary>
    public string Text { get; }

    /// <summary>The steps, outermost first; empty for <see cref="Metadata"/>.</summary>
    public IReadOnlyList<PathSegment> Segments { get; }

    /// <summary>The message's own field that is meant; null for a path into its value.</summary>
    public MetadataField? Metadata { get; }

    /// <summary>The name of the header that is meant, for <see cref="MetadataField.Header"/>; else null.</summary>
    public string? Header { get; }

    /// <summary>Whether only change events have what is meant.</summary>
    public bool IsOfChange => Metadata >= MetadataField.Operation;

    /// <summary>Reads a path.</summary>
    /// <param name="text">The path as written.</param>
    /// <param name="path">The path.</param>
    /// <param name="error">What is wrong with the text, as a rule that it breaks.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out MappingPath? path, [NotNullWhen(false)] out string? error)
    {
        path = null;
        error = null;
        if (IsMetadata(text)) return TryParseMetadata(text, out path, out error);

        List<PathSegment> segments = [];
        error = ReadSegments(text, segments);
        if (error is null) path = new MappingPath(text, segments, null, null);
        return path is not null;
    }

    /// <summary>What stands for the path of the column that takes the fields that nobody maps.</summary>
    internal static MappingPath Rest { get; } = new("the unmapped fields", [], null, null);

    /// <summary>A key as a path writes it: with backslashes before what a path would read as something else.</summary>
    internal static string Escape(string key) => key.AsSpan().IndexOfAny('.', '[', '\\') < 0 && !key.StartsWith('$')
        ? key
        : string.Concat(key.Select((c, i) => c is '.' or '[' or '\\' || (c == '$' && i == 0) ? $"\\{c}" : $"{c}"));

    /// <inheritdoc />
    public override string ToString() => Text;

    private static bool IsMetadata(string text) =>
        text.StartsWith(MessagePrefix, StringComparison.Ordinal) || text.StartsWith(ChangePrefix, StringComparison.Ordinal);

    private static bool TryParseMetadata(string text, [NotNullWhen(true)] out MappingPath? path, [NotNullWhen(false)] out string? error)
    {
        path = null;
        error = null;
        if (MetadataFields.TryGetValue(text, out MetadataField field))
            path = new MappingPath(text, [], field, null);
        else if (text.StartsWith(HeadersPrefix, StringComparison.Ordinal) && text.Length > HeadersPrefix.Length)
            path = new MappingPath(text, [], MetadataField.Header, text[HeadersPrefix.Length..]);
        else
            error = $"must be one of {string.Join(", ", MetadataFields.Keys)}, {HeadersPrefix}NAME; write \\{text[..(text.IndexOf('.') + 1)]} for a key of that name";
        return path is not null;
    }

    private static string? ReadSegments(string text, List<PathSegment> segments)
    {
        int at = 0;
        do
        {
            if (segments.Count > 0) at++;
            string? key = ReadKey(text, ref at);
            if (key is null) return "a backslash takes the sign behind it literally, and none stands there";
            if (key.Length == 0) return "each step needs a key: a path neither begins nor ends with a dot, nor holds two in a row";
            segments.Add(new PathSegment(key, -1));
            while (at < text.Length && text[at] == '[')
            {
                int index = ReadIndex(text, ref at);
                if (index < 0) return $"an element is written [n], with n from 0 to {MaxIndex}; write \\[ for a key that holds a bracket";
                segments.Add(new PathSegment(null, index));
            }
        }
        while (at < text.Length && text[at] == '.');

        return at == text.Length ? null : "a dot must stand between an element and the key inside of it";
    }

    private static string? ReadKey(string text, ref int at)
    {
        var key = new StringBuilder();
        for (; at < text.Length && text[at] is not ('.' or '['); at++)
        {
            if (text[at] == '\\' && ++at == text.Length) return null;
            key.Append(text[at]);
        }

        return key.ToString();
    }

    private static int ReadIndex(string text, ref int at)
    {
        int end = text.IndexOf(']', at);
        if (end < 0) return -1;
        ReadOnlySpan<char> digits = text.AsSpan(at + 1, end - at - 1);
        at = end + 1;
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index <= MaxIndex ? index : -1;
    }
}
