using System.ComponentModel.DataAnnotations;
using ClickSink.Engine.Pipelines;

namespace ClickSink.Engine.Sources.Kafka.Sampling;

/// <summary>How much of a topic a sample takes, and from where.</summary>
public sealed record SampleOptions
{
    /// <summary>The most messages that one sample may have.</summary>
    public const int MaxCount = 10_000;

    /// <summary>How many messages; 100 by default. Partitions that have fewer than their share leave the rest to the others.</summary>
    [Range(1, MaxCount)]
    public int Count { get; init; } = 100;

    /// <summary>Which messages; the newest by default.</summary>
    public SampleFrom From { get; init; } = SampleFrom.Latest;

    /// <summary>How long it may take; 10 s by default. What came until then is the sample.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How large the sample may be; 16 MiB by default. The message that passes it is the last one.</summary>
    public ByteSize MaxBytes { get; init; } = ByteSize.FromMiB(16);

    /// <summary>Checks what goes beyond types.</summary>
    internal void Validate(string path, FaultList faults)
    {
        if (Timeout < TimeSpan.FromMilliseconds(100) || Timeout > TimeSpan.FromMinutes(1))
            faults.Add($"{path}.timeout", Duration.Format(Timeout), "must be from 100ms to 1m");
        if (MaxBytes.Bytes < 1024 || MaxBytes.Bytes > ByteSize.FromMiB(64).Bytes)
            faults.Add($"{path}.maxBytes", MaxBytes.ToString(), "must be from 1KiB to 64MiB");
    }
}
