using System.Text;
using ClickSink.Engine.Formats.Transcoding;

namespace ClickSink.Engine.Formats.Protobuf;

/// <summary>
/// Reads the declarations of a <c>.proto</c> file: proto2, proto3 and editions, as far as they say what stands on the wire. Options, services, extensions and reserved
/// ranges are skipped.
/// </summary>
internal sealed class ProtoParser
{
    private const int MaxDepth = 64;
    private const int MaxFieldNumber = (1 << 29) - 1;

    private static readonly Dictionary<string, ProtoKind> Scalars = new()
    {
        ["double"] = ProtoKind.Double, ["float"] = ProtoKind.Float, ["int32"] = ProtoKind.Int32, ["int64"] = ProtoKind.Int64, ["uint32"] = ProtoKind.UInt32,
        ["uint64"] = ProtoKind.UInt64, ["sint32"] = ProtoKind.SInt32, ["sint64"] = ProtoKind.SInt64, ["fixed32"] = ProtoKind.Fixed32, ["fixed64"] = ProtoKind.Fixed64,
        ["sfixed32"] = ProtoKind.SFixed32, ["sfixed64"] = ProtoKind.SFixed64, ["bool"] = ProtoKind.Bool, ["string"] = ProtoKind.String, ["bytes"] = ProtoKind.Bytes,
    };

    private readonly ProtoTokens _tokens;
    private readonly ProtoTypes _types;
    private string _package = "";

    // Of proto3 only: everywhere else a message says which of its fields are there.
    private bool _isImplicit;

    private ProtoParser(string text, string file, ProtoTypes types)
    {
        _tokens = new ProtoTokens(text, file);
        _types = types;
    }

    /// <summary>Reads a file into the types that are known.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="file">What the file is called in messages.</param>
    /// <param name="types">Gets the types.</param>
    /// <returns>The message types at its top, in their order.</returns>
    /// <exception cref="ProtoSchemaException">It is none.</exception>
    public static List<ProtoMessage> Parse(string text, string file, ProtoTypes types) => new ProtoParser(text, file, types).ParseFile();

    private List<ProtoMessage> ParseFile()
    {
        List<ProtoMessage> messages = [];
        while (!_tokens.IsAtEnd)
        {
            switch (_tokens.Current)
            {
                case "syntax" or "edition":
                    _tokens.Take();
                    _tokens.Expect("=");
                    _isImplicit = _tokens.TakeString() == "proto3";
                    _tokens.Expect(";");
                    break;
                case "package":
                    _tokens.Take();
                    _package = _tokens.TakeName();
                    _tokens.Expect(";");
                    break;
                case "message":
                    _tokens.Take();
                    messages.Add(ParseMessage(_package, 0));
                    break;
                case "enum":
                    _tokens.Take();
                    ParseEnum(_package);
                    break;
                case ";":
                    _tokens.Take();
                    break;
                case "import" or "option" or "service" or "extend":
                    _tokens.SkipStatement();
                    break;
                default:
                    throw _tokens.Fault("a declaration was expected");
            }
        }

        return messages;
    }

    private ProtoMessage ParseMessage(string scope, int depth)
    {
        var message = new ProtoMessage(Join(scope, _tokens.TakeName()));
        _types.Add(message);
        ParseBody(message, depth);
        return message;
    }

    private void ParseBody(ProtoMessage message, int depth)
    {
        if (depth == MaxDepth) throw _tokens.Fault($"message types are declared deeper than {MaxDepth} in each other");
        _tokens.Expect("{");
        while (!_tokens.TryTake("}"))
        {
            switch (_tokens.Current)
            {
                case "message":
                    _tokens.Take();
                    message.Nested.Add(ParseMessage(message.Name, depth + 1));
                    break;
                case "enum":
                    _tokens.Take();
                    ParseEnum(message.Name);
                    break;
                case "oneof":
                    ParseOneOf(message, depth);
                    break;
                case "option" or "reserved" or "extensions" or "extend":
                    _tokens.SkipStatement();
                    break;
                case ";":
                    _tokens.Take();
                    break;
                default:
                    ParseField(message, isOneOf: false, depth);
                    break;
            }
        }

        message.Index();
    }

    private void ParseOneOf(ProtoMessage message, int depth)
    {
        _tokens.Take();
        _tokens.TakeName();
        _tokens.Expect("{");
        while (!_tokens.TryTake("}"))
        {
            if (_tokens.Current == "option") _tokens.SkipStatement();
            else if (!_tokens.TryTake(";")) ParseField(message, isOneOf: true, depth);
        }
    }

    private void ParseField(ProtoMessage message, bool isOneOf, int depth)
    {
        bool isRepeated = _tokens.TryTake("repeated");
        bool isMarked = !isRepeated && (_tokens.TryTake("optional") || _tokens.TryTake("required"));
        string type = _tokens.TakeName();
        if (type == "map" && _tokens.Current == "<")
        {
            ParseMap(message);
            return;
        }

        string name = _tokens.TakeName();
        int number = ParseNumber();
        bool isScalar = Scalars.TryGetValue(type, out ProtoKind kind);
        bool hasPresence = !isRepeated && (isMarked || isOneOf || !_isImplicit);
        if (type == "group")
        {
            // A group is a message type and a field of it in one, and the field's name is the type's in small letters.
            var group = new ProtoMessage(Join(message.Name, name));
            _types.Add(group);
            message.Nested.Add(group);
            Add(message, new ProtoField { Number = number, Name = name.ToLowerInvariant(), Key = Json(name.ToLowerInvariant(), ':'), Kind = ProtoKind.Group, IsRepeated = isRepeated, HasPresence = hasPresence, Message = group });
            ParseOptions();
            ParseBody(group, depth + 1);
            return;
        }

        var field = new ProtoField
        {
            Number = number,
            Name = name,
            Key = Json(name, ':'),
            Kind = kind,
            IsRepeated = isRepeated,
            HasPresence = hasPresence,
            TypeName = isScalar ? "" : type,
        };
        Add(message, field);
        if (!isScalar) _types.ResolveLater(field, message.Name);
        ParseOptions();
        _tokens.Expect(";");
    }

    private void ParseMap(ProtoMessage message)
    {
        _tokens.Expect("<");
        string key = _tokens.TakeName();
        _tokens.Expect(",");
        string value = _tokens.TakeName();
        _tokens.Expect(">");
        string name = _tokens.TakeName();
        int number = ParseNumber();
        var entry = new ProtoMessage($"{message.Name}.{name} entry") { IsMapEntry = true };
        if (!Scalars.TryGetValue(key, out ProtoKind keyKind) || keyKind is ProtoKind.Double or ProtoKind.Float or ProtoKind.Bytes)
            throw _tokens.Fault($"{key} cannot be the type of a map's keys");
        Add(entry, new ProtoField { Number = 1, Name = "key", Key = [], Kind = keyKind });
        bool isScalar = Scalars.TryGetValue(value, out ProtoKind valueKind);
        var valueField = new ProtoField { Number = 2, Name = "value", Key = [], Kind = valueKind, TypeName = isScalar ? "" : value };
        Add(entry, valueField);
        if (!isScalar) _types.ResolveLater(valueField, message.Name);
        entry.Index();
        Add(message, new ProtoField { Number = number, Name = name, Key = Json(name, ':'), Kind = ProtoKind.Message, IsRepeated = true, Message = entry });
        ParseOptions();
        _tokens.Expect(";");
    }

    private int ParseNumber()
    {
        _tokens.Expect("=");
        int number = _tokens.TakeNumber();
        return number is >= 1 and <= MaxFieldNumber ? number : throw _tokens.Fault($"{number} is no number of a field");
    }

    private void ParseOptions()
    {
        if (_tokens.Current != "[") return;
        int depth = 0;
        do
        {
            string token = _tokens.Take();
            if (token is "[" or "{") depth++;
            if (token is "]" or "}") depth--;
        }
        while (depth > 0);
    }

    private void ParseEnum(string scope)
    {
        var type = new ProtoEnum(Join(scope, _tokens.TakeName()));
        _types.Add(type);
        _tokens.Expect("{");
        while (!_tokens.TryTake("}"))
        {
            if (_tokens.Current is "option" or "reserved")
            {
                _tokens.SkipStatement();
                continue;
            }

            if (_tokens.TryTake(";")) continue;
            string name = _tokens.TakeName();
            _tokens.Expect("=");
            type.Names.TryAdd(_tokens.TakeNumber(), Json(name));
            ParseOptions();
            _tokens.Expect(";");
        }
    }

    private void Add(ProtoMessage message, ProtoField field)
    {
        if (message.Fields.Exists(other => other.Number == field.Number)) throw _tokens.Fault($"{message.Name} has two fields with the number {field.Number}");
        message.Fields.Add(field);
    }

    private static string Join(string scope, string name) => scope.Length == 0 ? name : $"{scope}.{name}";

    private static byte[] Json(string text, char? sign = null)
    {
        var output = new JsonOutput(int.MaxValue);
        output.Text(Encoding.UTF8.GetBytes(text));
        if (sign is { } last) output.Byte((byte)last);
        return output.Written.ToArray();
    }
}
