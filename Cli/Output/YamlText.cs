using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ClickSink.Cli.Output;

/// <summary>Writes JSON nodes as YAML that reads back as the same nodes.</summary>
internal static class YamlText
{
    public static string Write(JsonNode? node)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        new YamlStream(new YamlDocument(Convert(node))).Save(writer, assignAnchors: false);
        var text = writer.ToString().ReplaceLineEndings("\n");
        return text.EndsWith("...\n", StringComparison.Ordinal) ? text[..^4] : text;
    }

    private static YamlNode Convert(JsonNode? node) => node switch
    {
        null => new YamlScalarNode("null"),
        JsonObject obj => new YamlMappingNode(obj.Select(p => KeyValuePair.Create<YamlNode, YamlNode>(new YamlScalarNode(p.Key), Convert(p.Value)))),
        JsonArray array => new YamlSequenceNode(array.Select(Convert)),
        JsonValue value when value.GetValueKind() is JsonValueKind.String => new YamlScalarNode(value.ToString()) { Style = IsPlain(value.ToString()) ? ScalarStyle.Plain : ScalarStyle.DoubleQuoted },
        _ => new YamlScalarNode(node.ToJsonString()),
    };

    // Text that would read back as a number, a boolean or null has to be quoted.
    private static bool IsPlain(string text) =>
        text.Length > 0 && (char.IsLetter(text[0]) || text[0] is '/') && text is not ("null" or "Null" or "NULL" or "true" or "True" or "TRUE" or "false" or "False" or "FALSE")
        && text.All(c => char.IsLetterOrDigit(c) || c is '.' or '_' or '-' or '/' or '(' or ')' or ' ' or ',')
        && !text.EndsWith(' ') && !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
}
