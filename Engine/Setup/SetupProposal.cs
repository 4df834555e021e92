using System.Text.Json.Nodes;
using ClickSink.Engine.Mapping.Inference;
using ClickSink.Engine.Sinks.ClickHouse.Tables;

namespace ClickSink.Engine.Setup;

/// <summary>A pipeline that is proposed for a topic, and why it is made that way.</summary>
/// <param name="Document">The pipeline document, ready to be put in place; secrets masked.</param>
/// <param name="Messages">Messages that it was inferred from.</param>
/// <param name="Inference">The columns with their reasons.</param>
/// <param name="Table">How the table would be made; null when it exists or no server was named.</param>
/// <param name="Differences">How the table that exists differs; empty when there is none.</param>
/// <param name="Notes">What else somebody should know.</param>
public sealed record SetupProposal(
    JsonObject Document, int Messages, InferenceResult Inference, TableProposal? Table, IReadOnlyList<TableDifference> Differences, IReadOnlyList<string> Notes);
