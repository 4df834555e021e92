using ClickSink.Engine.Mapping;
using ClickSink.Engine.Pipelines;
using Microsoft.Extensions.Logging;

namespace ClickSink.Engine.Sinks;

/// <summary>What a sink is made from.</summary>
/// <param name="PipelineId">The pipeline.</param>
/// <param name="Topic">The topic that the records come from.</param>
/// <param name="Options">The sink's entry in the document.</param>
/// <param name="Mapping">The columns that its blocks have: those of the mapping and the transforms that are stored.</param>
/// <param name="Routes">The routes that parts of its blocks can go; empty without routing.</param>
/// <param name="Errors">The policy for records that cannot be stored.</param>
/// <param name="Logger">Where the sink logs.</param>
public sealed record SinkContext(string PipelineId, string Topic, SinkOptions Options, MappingPlan Mapping, IReadOnlyList<string> Routes, ErrorOptions Errors, ILogger Logger);
