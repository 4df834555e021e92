using ClickSink.Engine.Pipelines;
using ClickSink.Engine.Setup;
using ClickSink.Grains.Interfaces.Pipelines;

namespace ClickSink.Silo.Api;

/// <summary>
/// Documents that are in place, with their secrets: for questions to the servers that they name, and never for an answer.
/// </summary>
internal static class StoredSetup
{
    /// <summary>The document of a pipeline; null when there is none, or when it breaks a rule of this release.</summary>
    public static async Task<PipelineDocument?> FindAsync(IGrainFactory grains, string id, CancellationToken cancellation) =>
        await grains.GetGrain<IPipelineGrain>(id).GetStoredAsync(cancellation: cancellation) is { } stored
            ? PipelineDocument.Read(stored.Document, new FaultList())
            : null;

    /// <summary>
    /// The stored document whose secrets may stand in for those that a given one masks: the one of the same id, as long as both name the
    /// same servers and users. Otherwise a
    /// secret could be sent to whoever asks for it.
    /// </summary>
    public static async Task<PipelineDocument?> FindForAsync(IGrainFactory grains, string text, CancellationToken cancellation)
    {
        if (!text.Contains(Secret.Mask, StringComparison.Ordinal)) return null;
        var tree = DocumentText.Parse(text, new FaultList());
        if (tree?["id"]?.ToString() is not { } id || !PipelineId.IsValid(id)) return null;
        if (await FindAsync(grains, id, cancellation) is not { } stored) return null;
        // Read with the stored secrets only to compare addresses.
        if (PipelineDocument.Read(text, new FaultList(), stored) is not { } given) return stored;
        var (one, other) = (SetupRequestReader.From(given.Options), SetupRequestReader.From(stored.Options));
        return one.Kafka?.Brokers == other.Kafka?.Brokers
            && (one.Clickhouse?.Url, one.Clickhouse?.User) == (other.Clickhouse?.Url, other.Clickhouse?.User) ? stored : null;
    }
}
