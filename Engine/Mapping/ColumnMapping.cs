namespace ClickSink.Engine.Mapping;

/// <summary>Where the values of one column come from, as a user writes it.</summary>
public sealed record ColumnMapping
{
    /// <summary>The column's name in the table.</summary>
    public string Name { get; init; } = "";

    /// <summary>The column's ClickHouse type, such as <c>DateTime64(3, 'UTC')</c>.</summary>
    public string Type { get; init; } = "";

    /// <summary>
    /// The place in the message: keys, with dots to descend and <c>[n]</c> for the elements of an array, such as
    /// <c>user.emails[0]</c>; a backslash before a dot or bracket takes it literally. <c>$kafka.topic</c>, <c>$kafka.partition</c>,
    /// <c>$kafka.offset</c>, <c>$kafka.timestamp</c>, <c>$kafka.key</c>, <c>$kafka.value</c> and <c>$kafka.headers.NAME</c> are the message's own;
    /// <c>$debezium.op</c>, <c>$debezium.timestamp</c>, <c>$debezium.deleted</c> and <c>$debezium.version</c> those of a change event. Default: the name.
    /// </summary>
    public string? Path { get; init; }

    /// <summary>
    /// How timestamps and dates in it are written: <c>auto</c> (the default), <c>epochDays</c>, <c>epochSeconds</c>, <c>epochMillis</c>, <c>epochMicros</c>,
    /// <c>epochNanos</c>, or a pattern such as <c>dd/MM/yyyy HH:mm:ss</c>.
    /// </summary>
    public string? Format { get; init; }

    /// <summary>The IANA time zone of timestamps that carry no offset. Default: the type's own zone, or UTC.</summary>
    public string? Zone { get; init; }

    /// <summary>What the column gets when there is no value. Default: null if the type has it, else the type's default value.</summary>
    public MissingPolicy? Missing { get; init; }

    /// <summary>Whether the column is sent to the sinks; true by default. One that is not can be used by transforms and is no column of the table.</summary>
    public bool Stored { get; init; } = true;

    /// <summary>
    /// Whether the pipeline added the column by itself (<see cref="UnknownPolicy.Add"/>): a table that lacks it gets it when the sink is opened, and it counts for
    /// <see cref="MappingOptions.MaxAdded"/>. False by default.
    /// </summary>
    public bool Added { get; init; }
}
