using System.Text.Json.Serialization;

namespace ClickSink.Silo.Api;

/// <summary>How many replicas a pipeline shall have.</summary>
/// <param name="Replicas">From 1 to 1024; more than there are partitions do nothing.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ReplicasBody([property: JsonRequired] int Replicas);
