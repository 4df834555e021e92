namespace ClickSink.Engine.Formats.Protobuf;

/// <summary>The message and enum types of a schema and of those that it refers to, by their full names.</summary>
internal sealed class ProtoTypes
{
    private readonly Dictionary<string, ProtoMessage> _messages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ProtoEnum> _enums = new(StringComparer.Ordinal);
    private readonly List<(ProtoField Field, string Scope)> _unresolved = [];

    /// <summary>The full names of all message types.</summary>
    public IEnumerable<string> MessageNames => _messages.Keys;

    public ProtoMessage? FindMessage(string name) => _messages.GetValueOrDefault(name);

    /// <summary>Whether a type that is there already stays, instead of being a fault.</summary>
    public bool KeepsFirst { get; set; }

    public void Add(ProtoMessage message)
    {
        if (!_messages.TryAdd(message.Name, message) && !KeepsFirst) throw new ProtoSchemaException($"the message type {message.Name} is declared twice");
    }

    public void Add(ProtoEnum type)
    {
        if (!_enums.TryAdd(type.Name, type) && !KeepsFirst) throw new ProtoSchemaException($"the enum {type.Name} is declared twice");
    }

    /// <summary>Notes a field whose type may be declared further down, or in another file.</summary>
    public void ResolveLater(ProtoField field, string scope) => _unresolved.Add((field, scope));

    /// <summary>Finds the types of all fields that were noted.</summary>
    public void Resolve()
    {
        foreach ((ProtoField field, string scope) in _unresolved)
        {
            if (!TryResolve(field, scope)) throw new ProtoSchemaException($"the type {field.TypeName} of the field {field.Name} of {scope} is not declared, here or in what is referred to");
        }

        _unresolved.Clear();
    }

    // From the innermost scope outwards, as C++ would; a name that begins with a dot is a full one.
    private bool TryResolve(ProtoField field, string scope)
    {
        if (field.TypeName.StartsWith('.')) return TryTake(field, field.TypeName[1..]);
        while (true)
        {
            if (TryTake(field, scope.Length == 0 ? field.TypeName : $"{scope}.{field.TypeName}")) return true;
            if (scope.Length == 0) return false;
            scope = scope.LastIndexOf('.') is >= 0 and int dot ? scope[..dot] : "";
        }
    }

    private bool TryTake(ProtoField field, string name)
    {
        if (_messages.TryGetValue(name, out ProtoMessage? message))
        {
            field.Message = message;
            field.Kind = ProtoKind.Message;
            // A message that is not there is never the same as an empty one.
            field.HasPresence = !field.IsRepeated;
            return true;
        }

        if (!_enums.TryGetValue(name, out ProtoEnum? type)) return false;
        field.Enum = type;
        field.Kind = ProtoKind.Enum;
        return true;
    }
}
