using ClickSink.Grains.Interfaces.Pipelines;

namespace ClickSink.Silo.Api;

/// <summary>A pipeline in a list.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Phase">What it is doing.</param>
/// <param name="Running">Whether it shall run.</param>
/// <param name="Version">Version of its document.</param>
/// <param name="RowsPerSecond">Rows stored a second, over the last ten.</param>
/// <param name="LagRecords">Messages not yet stored; -1 while that is not known.</param>
/// <param name="Error">The newest trouble; null when there is none.</param>
public sealed record PipelineSummary(string Id, PipelinePhase Phase, bool Running, int Version, double RowsPerSecond, long LagRecords, string? Error);
