using ClickSink.Engine.Delivery;

namespace ClickSink.Engine.Sinks;

/// <summary>
/// Where blocks go. Outcomes are values: a sink throws for bugs and for the cancellation that was asked for, nothing else. Used by one caller at a time.
/// </summary>
public interface ISink : IAsyncDisposable
{
    /// <summary>Name within the pipeline.</summary>
    string Name { get; }

    /// <summary>What it promises; known once it is open.</summary>
    Guarantee Guarantee { get; }

    /// <summary>What would make it faster or safer, learned on the way; null when nothing is known.</summary>
    string? Advice => null;

    /// <summary>Checks the target, creates what the options ask for, and learns what the server can do. Tried again until it succeeds.</summary>
    ValueTask<SinkOutcome> OpenAsync(CancellationToken cancellation);

    /// <summary>Writes a block and its dead letters under the block's token. The same block may come again, and then counts once if the guarantee says so.</summary>
    ValueTask<SinkOutcome> WriteAsync(SealedBlock block, CancellationToken cancellation);
}
