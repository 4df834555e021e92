using System.Text;
using ClickSink.Engine.Columns;
using ClickSink.Engine.Mapping;

namespace ClickSink.Engine.Formats.Json;

/// <summary>
/// The keys of the objects at one place of a message: those that are mapped, and those that messages have shown, which are
/// kept so that their order can be predicted. The number of the latter is bounded, since producers may use data as keys.
/// </summary>
internal sealed class JsonKeyTable(string path = "")
{
    private const int FirstSlots = 16;
    private const int MaxLearnedKeys = 256;
    private const int MaxLearnedBytes = 128;

    private readonly JsonKey _stranger = JsonKey.Nameless(Join(path, "*"));
    private readonly List<JsonKey> _keys = [];
    private JsonKey?[] _slots = new JsonKey?[FirstSlots];
    private int _learned;

    /// <summary>The key that came first last time.</summary>
    public JsonKey? First { get; set; }

    /// <summary>All keys known.</summary>
    public IReadOnlyList<JsonKey> Keys => _keys;

    /// <summary>The key of a name, made if needed.</summary>
    public JsonKey GetOrAdd(ReadOnlySpan<byte> name) => Find(name) ?? Add(name);

    /// <summary>The key of a name that a message has. One that is new is learned while there is room; then all new ones share one key.</summary>
    public JsonKey Recognize(ReadOnlySpan<byte> name)
    {
        JsonKey? found = Find(name);
        if (found is not null) return found;
        if (_learned == MaxLearnedKeys || name.Length > MaxLearnedBytes) return _stranger;
        _learned++;
        return Add(name);
    }

    private JsonKey? Find(ReadOnlySpan<byte> name)
    {
        JsonKey?[] slots = _slots;
        int mask = slots.Length - 1;
        for (int at = (int)Utf8Hash.Compute(name) & mask; slots[at] is JsonKey key; at = (at + 1) & mask)
        {
            if (name.SequenceEqual(key.Name)) return key;
        }

        return null;
    }

    private JsonKey Add(ReadOnlySpan<byte> name)
    {
        var key = new JsonKey(name, Join(path, MappingPath.Escape(Encoding.UTF8.GetString(name))));
        _keys.Add(key);
        if (_keys.Count * 2 > _slots.Length)
        {
            _slots = new JsonKey?[_slots.Length * 2];
            foreach (JsonKey known in _keys) Enter(known);
        }
        else
        {
            Enter(key);
        }

        return key;
    }

    private static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";

    private void Enter(JsonKey key)
    {
        int mask = _slots.Length - 1;
        int at = (int)Utf8Hash.Compute(key.Name) & mask;
        while (_slots[at] is not null) at = (at + 1) & mask;
        _slots[at] = key;
    }
}
