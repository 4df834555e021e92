namespace ClickSink.Engine.Setup;

/// <summary>The parts of a <see cref="SetupRequest"/> that a question needs.</summary>
[Flags]
public enum SetupNeeds
{
    /// <summary>Brokers.</summary>
    Brokers = 1,

    /// <summary>Brokers and a topic.</summary>
    Topic = Brokers | 2,

    /// <summary>A ClickHouse server.</summary>
    ClickHouse = 4,

    /// <summary>A ClickHouse server and a table.</summary>
    Table = ClickHouse | 8,

    /// <summary>A mapping.</summary>
    Mapping = 16,

    /// <summary>A format whose messages say which fields they have.</summary>
    Fields = 32,
}
