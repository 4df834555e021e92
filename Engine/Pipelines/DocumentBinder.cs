using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClickSink.Engine.Pipelines;

/// <summary>
/// Binds a tree of JSON nodes to option records by their property names in camelCase. It goes on after a fault, so that one reading reports all of them;
/// System.Text.Json stops at the first.
/// </summary>
internal sealed class DocumentBinder
{
    private readonly FaultList _faults;
    private readonly IReadOnlyDictionary<string, Type> _sinkKinds;
    private readonly List<JsonValue> _secrets = [];

    /// <summary>Makes a binder.</summary>
    /// <param name="faults">Receives every fault.</param>
    /// <param name="sinkKinds">The options type of each kind of sink.</param>
    public DocumentBinder(FaultList faults, IReadOnlyDictionary<string, Type> sinkKinds)
    {
        _faults = faults;
        _sinkKinds = sinkKinds;
    }

    /// <summary>The nodes that hold a secret, in the order found.</summary>
    public IReadOnlyList<JsonValue> Secrets => _secrets;

    /// <summary>Binds a mapping to a record; members without a key keep their default.</summary>
    public object BindObject(JsonObject node, Type type, string path)
    {
        if (type == typeof(SinkOptions)) return BindSink(node, path);
        var result = Activator.CreateInstance(type)!;
        var members = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite).ToDictionary(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name));
        foreach (var (key, value) in node)
        {
            if (members.TryGetValue(key, out var member)) BindMember(result, member, value, Join(path, key));
            else _faults.Add(Join(path, key), Secret.IsNameOfOne(key) ? Secret.Mask : Show(value), $"unknown key; known here: {string.Join(", ", members.Keys.Order())}");
        }

        foreach (var (key, member) in members)
        {
            if (member.GetCustomAttribute<RequiredAttribute>() is null || node[key] is not null || node.ContainsKey(key)) continue;
            _faults.Add(Join(path, key), null, "is required");
        }

        return result;
    }

    // Not what is in a list or mapping: a secret may be.
    private static string? Show(JsonNode? node) => node switch
    {
        null => null,
        JsonObject => "{...}",
        JsonArray => "[...]",
        _ => node.ToString(),
    };

    private static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";

    private void BindMember(object target, PropertyInfo member, JsonNode? node, string path)
    {
        if (node is null)
        {
            if (member.GetCustomAttribute<RequiredAttribute>() is not null) _faults.Add(path, null, "is required");
            return;
        }

        if (BindValue(node, member.PropertyType, path) is not { } value) return;
        if (value is "" && member.GetCustomAttribute<RequiredAttribute>() is not null)
            _faults.Add(path, "", "must not be empty");
        else if (member.GetCustomAttribute<RangeAttribute>() is { } range && !range.IsValid(value))
            _faults.Add(path, value.ToString(), $"must be from {range.Minimum} to {range.Maximum}");
        else
            member.SetValue(target, value);
    }

    private object? BindValue(JsonNode node, Type declared, string path)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        if (type == typeof(Secret)) return BindSecret(node, path);
        if (type == typeof(string)) return BindScalar(node, path, "a text", v => v.GetValueKind() is JsonValueKind.Object ? null : v.ToString());
        if (type == typeof(bool)) return BindScalar(node, path, "true or false", v => v.TryGetValue<bool>(out var b) ? b : null);
        if (type == typeof(int)) return BindScalar(node, path, "a whole number", v => AsLong(v) is { } n and >= int.MinValue and <= int.MaxValue ? (int)n : null);
        if (type == typeof(long)) return BindScalar(node, path, "a whole number", v => AsLong(v));
        if (type == typeof(double)) return BindScalar(node, path, "a number", AsDouble);
        if (type == typeof(TimeSpan)) return BindScalar(node, path, "a duration such as 250ms, 5s or 10m", v => Duration.TryParse(v.ToString(), out var d) ? d : null);
        if (type == typeof(ByteSize)) return BindScalar(node, path, "a size such as 64MiB or 1GB", v => ByteSize.TryParse(v.ToString(), out var s) ? s : null);
        if (type.IsEnum) return BindEnum(node, type, path);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)) return BindList(node, type.GetGenericArguments()[0], path);
        if (type == typeof(IReadOnlyDictionary<string, string>)) return BindProperties(node, path);
        if (node is JsonObject obj) return BindObject(obj, type, path);
        _faults.Add(path, Show(node), "a mapping with keys is expected");
        return null;
    }

    private object? BindScalar(JsonNode node, string path, string expected, Func<JsonValue, object?> read)
    {
        if (node is JsonValue value && read(value) is { } result) return result;
        _faults.Add(path, Show(node), $"{expected} is expected");
        return null;
    }

    private Secret? BindSecret(JsonNode node, string path)
    {
        if (node is not JsonValue value)
        {
            _faults.Add(path, Secret.Mask, "a text is expected");
            return null;
        }

        _secrets.Add(value);
        return new Secret(value.ToString());
    }

    private object? BindEnum(JsonNode node, Type type, string path)
    {
        var names = Enum.GetNames(type).ToDictionary(JsonNamingPolicy.CamelCase.ConvertName);
        if (node is JsonValue value && names.TryGetValue(value.ToString(), out var name)) return Enum.Parse(type, name);
        _faults.Add(path, Show(node), $"must be one of {string.Join(", ", names.Keys)}");
        return null;
    }

    private Array? BindList(JsonNode node, Type element, string path)
    {
        if (node is not JsonArray items)
        {
            _faults.Add(path, Show(node), "a list is expected");
            return null;
        }

        var values = new List<object>();
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i] is not { } item) _faults.Add($"{path}[{i}]", null, "must not be empty");
            else if (BindValue(item, element, $"{path}[{i}]") is { } value) values.Add(value);
        }

        var array = Array.CreateInstance(element, values.Count);
        for (var i = 0; i < values.Count; i++) array.SetValue(values[i], i);
        return array;
    }

    private SortedDictionary<string, string>? BindProperties(JsonNode node, string path)
    {
        if (node is not JsonObject obj)
        {
            _faults.Add(path, Show(node), "a mapping of names to texts is expected");
            return null;
        }

        var result = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in obj)
        {
            if (value is JsonValue text) result[key] = text.ToString();
            else _faults.Add($"{path}.{key}", Show(value), "a text is expected");
        }

        return result;
    }

    private SinkOptions BindSink(JsonObject node, string path)
    {
        string? name = null, kind = null;
        object? options = null;
        foreach (var (key, value) in node)
        {
            if (key == "name")
            {
                name = value?.ToString();
            }
            else if (!_sinkKinds.TryGetValue(key, out var type))
            {
                _faults.Add(Join(path, key), null, $"unknown key; a sink has a name and one of {string.Join(", ", _sinkKinds.Keys.Order())}");
            }
            else if (kind is not null)
            {
                _faults.Add(Join(path, key), null, $"a sink is of one kind, and this one is '{kind}' already; add another entry to the list");
            }
            else
            {
                kind = key;
                options = BindObject(value as JsonObject ?? [], type, Join(path, key));
            }
        }

        if (kind is null) _faults.Add(path, null, $"needs one of {string.Join(", ", _sinkKinds.Keys.Order())}");
        return new SinkOptions { Name = name ?? kind ?? "", Kind = kind ?? "", Options = options };
    }

    private static long? AsLong(JsonValue value) =>
        value.GetValueKind() is JsonValueKind.Number && long.TryParse(value.ToJsonString(), CultureInfo.InvariantCulture, out var number) ? number : null;

    private static object? AsDouble(JsonValue value) =>
        value.GetValueKind() is JsonValueKind.Number ? double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture) : null;
}
