namespace ClickSink.Engine.Sinks.ClickHouse;

/// <summary>Compression of what is sent to ClickHouse.</summary>
public enum ClickHouseCompression
{
    /// <summary>None to this machine, gzip to any other.</summary>
    Auto,

    /// <summary>None.</summary>
    None,

    /// <summary>gzip, at its fastest.</summary>
    Gzip,
}
