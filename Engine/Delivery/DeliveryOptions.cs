using System.ComponentModel.DataAnnotations;
using ClickSink.Engine.Pipelines;

namespace ClickSink.Engine.Delivery;

/// <summary>When a block is full, how much memory may be held, and how writes are tried again.</summary>
public sealed record DeliveryOptions
{
    /// <summary>A block is sealed at this many rows; 200,000 by default.</summary>
    [Range(1, 10_000_000)]
    public int MaxRows { get; init; } = 200_000;

    /// <summary>A block is sealed at this many bytes of column data; 64 MiB by default.</summary>
    public ByteSize MaxBytes { get; init; } = ByteSize.FromMiB(64);

    /// <summary>A block is sealed this long after its first row, however small it is; 1 s by default.</summary>
    public TimeSpan MaxWait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Memory that a replica may hold in messages and blocks; 192 MiB by default, with which a silo that runs one replica stays below half a GB. A quarter of it is for messages fetched ahead, the rest for blocks.
    /// The fetch pauses when it is used up.
    /// </summary>
    public ByteSize Memory { get; init; } = ByteSize.FromMiB(192);

    /// <summary>How many inserts a second a replica sends; null (the default) for as many as there are. The fetch pauses meanwhile.</summary>
    [Range(0.01, 10_000)]
    public double? MaxInsertsPerSecond { get; init; }

    /// <summary>Wait before the first repeated attempt; 100 ms by default. It doubles with each further attempt.</summary>
    public TimeSpan RetryInitial { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest wait between two attempts; 15 s by default. Attempts go on for ever: nothing is dropped.</summary>
    public TimeSpan RetryMax { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a stop waits for blocks in hand to be written; 20 s by default. What is not written then is read again at the next start.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(20);
}
