namespace ClickSink.Engine.Formats;

/// <summary>How large a message may be in every respect. A message beyond any of them is rejected like one that is broken.</summary>
public sealed record FormatLimits
{
    /// <summary>The greatest depth that can be allowed: what the reading of one message may take of a thread's stack.</summary>
    public const int GreatestDepth = 64;

    /// <summary>The limits where a document sets none.</summary>
    public static FormatLimits Default { get; } = new();

    /// <summary>Bytes of a message; 16 MiB by default.</summary>
    public long MaxMessageBytes { get; init; } = 16 << 20;

    /// <summary>Bytes of a message after it was made into JSON, from a format where little can stand for much; 64 MiB by default.</summary>
    public long MaxDecodedBytes { get; init; } = 64 << 20;

    /// <summary>Rows of a message; 100,000 by default.</summary>
    public int MaxRows { get; init; } = 100_000;

    /// <summary>Objects and arrays inside each other; 64 by default.</summary>
    public int MaxDepth { get; init; } = GreatestDepth;

    /// <summary>Fields of a record of delimited text; 2,000 by default.</summary>
    public int MaxColumns { get; init; } = 2000;

    /// <summary>Is told of fields that nobody maps, and can reject a row for one; null if nobody asks. For formats that are JSON or become it; csv, tsv and raw have none.</summary>
    internal IUnknownFields? Unknown { get; init; }
}
