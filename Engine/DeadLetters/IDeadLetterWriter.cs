using ClickSink.Engine.Delivery;
using ClickSink.Engine.Sinks;

namespace ClickSink.Engine.DeadLetters;

/// <summary>Where rejected records are kept. Outcomes are values, as those of a sink.</summary>
internal interface IDeadLetterWriter : IAsyncDisposable
{
    /// <summary>Checks the target and makes what is missing. Tried again until it succeeds.</summary>
    ValueTask<SinkOutcome> OpenAsync(CancellationToken cancellation);

    /// <summary>Stores the dead letters of a block; the same block may come again.</summary>
    ValueTask<SinkOutcome> WriteAsync(SealedBlock block, CancellationToken cancellation);
}
