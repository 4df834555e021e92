using System.Text.Json.Serialization;
using ClickSink.Engine.Pipelines;

namespace ClickSink.Silo.Api;

/// <summary>What is wanted of a pipeline.</summary>
/// <param name="State"><c>started</c>, <c>paused</c> or <c>stopped</c>.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PipelineStateBody([property: JsonRequired] DesiredState State);
