using ClickSink.Grains.Interfaces.Pipelines;

namespace ClickSink.Cli.Api;

/// <summary>A pipeline as the list of the API has it.</summary>
internal sealed record PipelineListEntry(string Id, PipelinePhase Phase, bool Running, int Version, double RowsPerSecond, long LagRecords, string? Error);
