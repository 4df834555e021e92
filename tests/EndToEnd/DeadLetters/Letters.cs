using System.Text.Json;
using System.Text.Json.Nodes;
using ClickSink.Tests.EndToEnd.Stage;

namespace ClickSink.Tests.EndToEnd.DeadLetters;

/// <summary>What an operator does with the dead letters of a pipeline.</summary>
internal static class Letters
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static Task<ApiAnswer> LettersAsync(this PipelineUnderTest pipeline, string rest = "") =>
        pipeline.Api.GetAsync($"api/pipelines/{pipeline.Id}/dead-letters{rest}");

    public static Task<ApiAnswer> PostLettersAsync(this PipelineUnderTest pipeline, string what, object body) =>
        pipeline.Api.SendAsync(
            HttpMethod.Post, $"api/pipelines/{pipeline.Id}/dead-letters/{what}", JsonSerializer.Serialize(body), "application/json");

    /// <summary>Waits for the end of a replay; the silo may be away meanwhile.</summary>
    public static async Task<JsonNode> WaitForReplayAsync(this PipelineUnderTest pipeline)
    {
        var last = "";
        JsonNode? done = null;
        await Until.TrueAsync(
            async () =>
            {
                try
                {
                    var answer = await pipeline.LettersAsync("/replay");
                    last = answer.Text;
                    if ((int)answer.Status == 200 && (string?)answer.Json["phase"] is "done" or "cancelled") done = answer.Json;
                }
                catch (HttpRequestException e)
                {
                    last = e.Message;
                }

                return done is not null;
            },
            () => Task.FromResult($"the replay does not end: {last}"),
            Patience);
        return done!;
    }

    /// <summary>How many letters there are of each status, as the table says.</summary>
    public static Task<string> StatusesAsync(this PipelineUnderTest pipeline) => pipeline.QueryAsync(
        $"SELECT status, count() FROM (SELECT status FROM {pipeline.DeadLetterTable} ORDER BY version DESC LIMIT 1 BY pipeline, topic, partition, offset) GROUP BY status ORDER BY status FORMAT TabSeparated");

    /// <summary>Waits until so many messages are rejected and nothing is left to read.</summary>
    public static Task WaitForRejectedAsync(this PipelineUnderTest pipeline, long count) =>
        pipeline.WaitForAsync(s => (long)s["lagRecords"]! == 0 && (long)s["recordsRejected"]! >= count, $"{count} rejected and no lag");
}
