using System.Text;
using ClickSink.Engine.DeadLetters;
using ClickSink.Engine.Delivery;
using ClickSink.Engine.Pipelines;
using ClickSink.Engine.Sinks;
using ClickSink.Grains.Interfaces.DeadLetters;
using ClickSink.Grains.Interfaces.Pipelines;

namespace ClickSink.Silo.DeadLetters;

/// <summary>
/// Looks at the dead letters of pipelines in their tables, and marks them. It asks the tables from the silo that was asked: what is in a
/// message does not travel between grains.
/// </summary>
internal sealed class DeadLetterDesk
{
    /// <summary>How much of a message a list shows.</summary>
    public const int PreviewBytes = 1000;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly IGrainFactory _grains;
    private readonly ILogger<DeadLetterDesk> _logger;

    public DeadLetterDesk(IGrainFactory grains, ILogger<DeadLetterDesk> logger)
    {
        _grains = grains;
        _logger = logger;
    }

    /// <summary>Opens the table of a pipeline.</summary>
    /// <returns>The table, or why there is none; neither when there is no such pipeline.</returns>
    public async Task<(IDeadLetterTable? Table, string? WhyNot)> OpenAsync(string id, CancellationToken cancellation)
    {
        if (await _grains.GetGrain<IPipelineGrain>(id).GetStoredAsync(0, cancellation) is not { } stored) return (null, null);
        if (PipelineDocument.Read(stored.Document, new FaultList()) is not { } document)
            return (null, $"The document of '{id}' breaks a rule of this release; put a corrected one in place first.");
        var plan = PipelinePlan.Compile(document.Options, stored.Version, generation: 0);
        return plan.HasDeadLetterTable
            ? (plan.CreateDeadLetterTable(_logger), null)
            : (
                null,
                $"Pipeline '{id}' keeps its dead letters in the Kafka topic {document.Options.Errors.DeadLetters.Topic} only; name a table in errors.deadLetters.table to look at them here.");
    }

    /// <summary>A page of letters with what there is of them.</summary>
    public static async Task<(SinkOutcome Outcome, DeadLetterPage Page)> ListAsync(
        IDeadLetterTable table, DeadLetterFilter filter, (int Partition, long Offset)? after, int limit, CancellationToken cancellation)
    {
        var (outcome, letters) = await table.ListAsync(filter, after, limit, PreviewBytes, cancellation);
        IReadOnlyList<DeadLetterCount> counts = [];
        if (outcome.Kind is SinkOutcomeKind.Done) (outcome, counts) = await table.CountAsync(filter, cancellation);
        var next = letters.Count == limit ? $"{letters[^1].Letter.Partition}:{letters[^1].Letter.Offset}" : null;
        return (
            outcome,
            new DeadLetterPage(
                [.. letters.Select(View)], next, [.. counts.Select(c => new DeadLetterTally(Name(c.Status), c.Column, c.Count, c.Reason))]));
    }

    /// <summary>A letter as it is shown.</summary>
    public static DeadLetterView View(StoredLetter stored)
    {
        var letter = stored.Letter;
        var text = AsText(letter.Payload, letter.IsCut);
        return new DeadLetterView
        {
            Partition = letter.Partition, Offset = letter.Offset, Status = Name(stored.Status),
            Timestamp = letter.TimestampMilliseconds > 0 ? DateTimeOffset.FromUnixTimeMilliseconds(letter.TimestampMilliseconds) : null,
            RejectedAt = stored.RejectedAt,
            UpdatedAt = stored.UpdatedAt,
            Reason = letter.Reason,
            Column = letter.Column,
            Path = letter.Path,
            Value = letter.Value,
            Attempts = stored.Attempts,
            Replay = stored.Replay,
            PipelineVersion = stored.PipelineVersion,
            Headers = [.. LetterHeaders.Read(letter.Headers).Select(h => new DeadLetterHeader(h.Name, h.Value))],
            Key = letter.Key,
            Text = text,
            Payload = text is null ? letter.Payload : null, PayloadBytes = letter.PayloadBytes,
        };
    }

    /// <summary>What an outcome of the past is called outside.</summary>
    public static string Name(DeadLetterStatus status) => status.ToString().ToLowerInvariant();

    // A text that was cut may end within a character.
    private static string? AsText(byte[] bytes, bool isCut)
    {
        for (var length = bytes.Length; length >= 0 && length > bytes.Length - 4; length--)
        {
            try
            {
                return Strict.GetString(bytes, 0, length);
            }
            catch (DecoderFallbackException) when (isCut)
            {
                // One byte less, up to the longest character.
            }
            catch (DecoderFallbackException)
            {
                return null;
            }
        }

        return null;
    }
}
