using ClickSink.Engine.Sinks.ClickHouse;

namespace ClickSink.Engine.Sinks;

/// <summary>Every kind of sink there is. A new one is added here, and nowhere else outside its folder.</summary>
public static class SinkKinds
{
    /// <summary>The kinds by their key in a pipeline document.</summary>
    public static IReadOnlyDictionary<string, SinkKind> All { get; } = new[] { ClickHouseSinkKind.Instance }.ToDictionary(kind => kind.Name);
}
