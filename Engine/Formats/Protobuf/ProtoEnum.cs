namespace ClickSink.Engine.Formats.Protobuf;

/// <summary>An enum type.</summary>
internal sealed class ProtoEnum(string name)
{
    public string Name { get; } = name;

    /// <summary>The names as JSON by their numbers; of several names of a number the first.</summary>
    public Dictionary<int, byte[]> Names { get; } = [];
}
