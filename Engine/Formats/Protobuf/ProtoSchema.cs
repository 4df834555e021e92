namespace ClickSink.Engine.Formats.Protobuf;

/// <summary>A schema, compiled: the message types of one file, with all that they are made of.</summary>
internal sealed class ProtoSchema
{
    private readonly List<ProtoMessage> _messages;
    private readonly ProtoTypes _types;

    private ProtoSchema(List<ProtoMessage> messages, ProtoTypes types)
    {
        _messages = messages;
        _types = types;
    }

    /// <summary>The full names of the message types that can be meant.</summary>
    public IEnumerable<string> MessageTypes => _types.MessageNames.Where(name => !name.StartsWith("google.", StringComparison.Ordinal) && !name.StartsWith("confluent.", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    /// <summary>Reads a schema.</summary>
    /// <param name="text">The text of the file.</param>
    /// <param name="references">The files that it imports, by the names that it imports them under.</param>
    /// <exception cref="ProtoSchemaException">It is none.</exception>
    public static ProtoSchema Parse(string text, IReadOnlyList<KeyValuePair<string, string>> references)
    {
        var types = new ProtoTypes();
        List<ProtoMessage> messages = ProtoParser.Parse(text, "the schema", types);
        // One file can be registered under several subjects.
        foreach ((string name, string referenced) in references.DistinctBy(reference => reference.Value)) ProtoParser.Parse(referenced, name, types);

        // Last, since a registry may have some of these files as well.
        types.KeepsFirst = true;
        foreach (string known in ProtoWellKnownFiles.All) ProtoParser.Parse(known, "a well-known file", types);
        types.Resolve();
        return messages.Count > 0 ? new ProtoSchema(messages, types) : throw new ProtoSchemaException("the schema declares no message type");
    }

    /// <summary>Whether there is a message type of a name.</summary>
    public bool Has(string name) => _types.FindMessage(name) is not null;

    /// <summary>The message type of a name; the first one of the file if there is no name.</summary>
    public ProtoMessage Find(string? name) => name is null ? _messages[0] : _types.FindMessage(name)!;

    /// <summary>The message type at a place: its position in the file, then in each type around it.</summary>
    public ProtoMessage? Find(ReadOnlySpan<int> indexes)
    {
        List<ProtoMessage> list = _messages;
        ProtoMessage? message = null;
        foreach (int index in indexes)
        {
            if ((uint)index >= (uint)list.Count) return null;
            message = list[index];
            list = message.Nested;
        }

        return message;
    }
}
