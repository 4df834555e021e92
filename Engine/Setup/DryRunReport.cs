using System.Text.Json.Nodes;

namespace ClickSink.Engine.Setup;

/// <summary>What a document would make of messages.</summary>
/// <param name="Messages">How many messages were tried.</param>
/// <param name="Columns">The columns that are stored, in order.</param>
/// <param name="Rows">The rows as they would be stored, in the order of the messages.</param>
/// <param name="Rejected">The messages that would be rejected.</param>
/// <param name="LeftOut">Numbers of the messages, from 0, that make no row and are no fault: filtered, repeated, routed nowhere, or without a value.</param>
public sealed record DryRunReport(
    int Messages, IReadOnlyList<string> Columns, IReadOnlyList<DryRunRow> Rows, IReadOnlyList<DryRunReject> Rejected, IReadOnlyList<int> LeftOut);

/// <summary>A row as it would be stored.</summary>
/// <param name="Message">Number of its message, from 0.</param>
/// <param name="Routes">The routes that it goes; empty without routing.</param>
/// <param name="Values">Its values by column.</param>
public sealed record DryRunRow(int Message, IReadOnlyList<string> Routes, JsonObject Values);

/// <summary>A message that would be rejected.</summary>
/// <param name="Message">Its number, from 0.</param>
/// <param name="Column">The column that it failed at; null for the message as a whole.</param>
/// <param name="Path">Place in the message, or of the transform in the document; null for the message as a whole.</param>
/// <param name="Value">What was found there, cut.</param>
/// <param name="Reason">Why, in a sentence.</param>
public sealed record DryRunReject(int Message, string? Column, string? Path, string? Value, string Reason);
