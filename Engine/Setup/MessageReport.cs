namespace ClickSink.Engine.Setup;

/// <summary>What became of sampled messages under a mapping.</summary>
/// <param name="Ok">Whether none was rejected.</param>
/// <param name="Message">What was found.</param>
/// <param name="Messages">Messages of the sample.</param>
/// <param name="Rows">Rows that they make.</param>
/// <param name="Rejects">Messages that were rejected, the first ones of each column and reason.</param>
public sealed record MessageReport(bool Ok, string Message, int Messages, int Rows, IReadOnlyList<MessageReject> Rejects);

/// <summary>A sampled message that a mapping rejects.</summary>
/// <param name="Partition">Its partition.</param>
/// <param name="Offset">Its offset.</param>
/// <param name="Column">The column that did not take its value; null when the message as a whole is at fault.</param>
/// <param name="Reason">What is wrong.</param>
public sealed record MessageReject(int Partition, long Offset, string? Column, string Reason);
