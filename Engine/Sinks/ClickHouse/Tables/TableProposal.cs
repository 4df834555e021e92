namespace ClickSink.Engine.Sinks.ClickHouse.Tables;

/// <summary>A table that is proposed for a mapping, and why it is made that way.</summary>
/// <param name="Options">The choices, as <c>createTable</c> takes them.</param>
/// <param name="Choices">Each choice in words.</param>
/// <param name="Statement">The statement that makes the table.</param>
public sealed record TableProposal(ClickHouseTableOptions Options, IReadOnlyList<TableChoice> Choices, string Statement);

/// <summary>One choice of a table.</summary>
/// <param name="Part">What is chosen: <c>ENGINE</c>, <c>ORDER BY</c>, <c>PARTITION BY</c> or <c>TTL</c>.</param>
/// <param name="Choice">The choice; null for none.</param>
/// <param name="Reason">Why, and what else could be chosen.</param>
public sealed record TableChoice(string Part, string? Choice, string Reason);
