namespace ClickSink.Engine.Delivery;

/// <summary>
/// A range that was about to be written. It is persisted before the first attempt, so that whoever owns the partition after a crash writes exactly this range
/// again, under the same token, with the same version of the pipeline.
/// </summary>
/// <param name="Range">Partition and offsets.</param>
/// <param name="Generation">Generation of the pipeline, part of the token.</param>
/// <param name="Version">Version of the pipeline document that the range is decoded and written with.</param>
/// <param name="Aside">Whether it is written beside the partition's progress: a range that is replayed, or was in hand before a rewind. Where the partition goes on does not depend on it.</param>
/// <param name="Refusal">Why the sink refused the one message of the range, once it is settled that the message is rejected for it; null otherwise. Then its rows are never tried again.</param>
/// <param name="Stored">Routes whose rows of the range are stored already under another token, as <see cref="StoredRoutes"/> writes them: they are left out. Null for none.</param>
public sealed record Intent(BlockRange Range, long Generation, int Version, bool Aside = false, string? Refusal = null, string? Stored = null);
