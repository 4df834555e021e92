using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ClickSink.Engine.Pipelines;

/// <summary>Turns the text of a pipeline document, YAML or JSON, into one tree of JSON nodes.</summary>
public static class DocumentText
{
    /// <summary>The largest document that is read, in characters.</summary>
    public const int MaxLength = 1 << 20;

    // Aliases make a small YAML text a huge tree; a document of this many values is no document of ours.
    private const int MaxNodes = 50_000;

    private static readonly JsonDocumentOptions Json = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    /// <summary>Reads a document.</summary>
    /// <param name="text">JSON when it begins with a brace, otherwise YAML.</param>
    /// <param name="faults">Receives what is wrong with the text, with line and column.</param>
    /// <returns>The tree, or null when the text is no mapping; then a fault says why.</returns>
    public static JsonObject? Parse(string text, FaultList faults)
    {
        if (text.Length > MaxLength)
        {
            faults.Add("", null, $"the document has {text.Length} characters; at most {MaxLength} are read");
            return null;
        }

        try
        {
            var root = text.AsSpan().TrimStart().StartsWith("{") ? JsonNode.Parse(text, documentOptions: Json) : ParseYaml(text);
            if (root is JsonObject document) return document;
            faults.Add("", null, "a pipeline document is a mapping with keys such as id, source, mapping and sinks");
        }
        catch (JsonException e)
        {
            faults.Add("", null, $"the text is not valid JSON: {e.Message}");
        }
        catch (YamlException e)
        {
            faults.Add("", null, $"the text is not valid YAML at line {e.Start.Line}, column {e.Start.Column}: {e.Message}");
        }

        return null;
    }

    private static JsonNode? ParseYaml(string text)
    {
        RefuseDepth(text);
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        if (stream.Documents.Count != 1) throw new YamlException($"one document is expected, {stream.Documents.Count} were found");
        var nodes = 0;
        return Convert(stream.Documents[0].RootNode, ref nodes, depth: 0);
    }

    // Before the tree is built, because YamlDotNet builds it by recursion: a megabyte of brackets would overflow the stack, and nothing survives that.
    private static void RefuseDepth(string text)
    {
        var parser = new Parser(new StringReader(text));
        var depth = 0;
        while (parser.MoveNext())
        {
            depth += parser.Current!.NestingIncrease;
            // The stream and the document count as a level each.
            if (depth > Json.MaxDepth + 2) throw new YamlException(parser.Current.Start, parser.Current.End, "the document is too deep");
        }
    }

    private static JsonNode? Convert(YamlNode node, ref int nodes, int depth)
    {
        if (++nodes > MaxNodes || depth > Json.MaxDepth) throw new YamlException(node.Start, node.End, "the document is too large or too deep");
        switch (node)
        {
            case YamlScalarNode scalar:
                return ConvertScalar(scalar);
            case YamlSequenceNode sequence:
                var array = new JsonArray();
                foreach (var item in sequence.Children) array.Add(Convert(item, ref nodes, depth + 1));
                return array;
            case YamlMappingNode mapping:
                var obj = new JsonObject();
                foreach (var (key, value) in mapping.Children)
                {
                    if (key is not YamlScalarNode { Value: { } name }) throw new YamlException(key.Start, key.End, "a key must be plain text");
                    obj[name] = Convert(value, ref nodes, depth + 1);
                }

                return obj;
            default:
                throw new YamlException(node.Start, node.End, "this kind of YAML node is not supported");
        }
    }

    // YAML 1.2 core schema: only plain scalars are anything but text, and "no" is text.
    private static JsonValue? ConvertScalar(YamlScalarNode scalar)
    {
        var text = scalar.Value ?? "";
        if (scalar.Style is not ScalarStyle.Plain) return JsonValue.Create(text);
        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL": return null;
            case "true" or "True" or "TRUE": return JsonValue.Create(true);
            case "false" or "False" or "FALSE": return JsonValue.Create(false);
        }

        // Only a number in the form in which numbers are written back: 007 and 1.10 stay the texts that they are, for they may be bound to one.
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer))
            return integer.ToString(CultureInfo.InvariantCulture) == text ? JsonValue.Create(integer) : JsonValue.Create(text);
        const NumberStyles Float = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        return double.TryParse(text, Float, CultureInfo.InvariantCulture, out var number) && number.ToString("R", CultureInfo.InvariantCulture) == text && double.IsFinite(number)
            ? JsonValue.Create(number)
            : JsonValue.Create(text);
    }
}
