namespace ClickSink.Engine.Sinks.ClickHouse.Tables;

/// <summary>A table, as the server describes it.</summary>
public sealed record TableSchema
{
    /// <summary>The database.</summary>
    public required string Database { get; init; }

    /// <summary>The table's name.</summary>
    public required string Name { get; init; }

    /// <summary>Its engine, without parameters.</summary>
    public required string Engine { get; init; }

    /// <summary>Its columns, in order.</summary>
    public required IReadOnlyList<TableColumn> Columns { get; init; }

    /// <summary>The sorting key; empty for none.</summary>
    public string SortingKey { get; init; } = "";

    /// <summary>The partition key; empty for none.</summary>
    public string PartitionKey { get; init; } = "";

    /// <summary>The primary key; empty for none.</summary>
    public string PrimaryKey { get; init; } = "";

    /// <summary>Rows that it has; null where the server does not know.</summary>
    public long? Rows { get; init; }

    /// <summary>Bytes on disk; null where the server does not know.</summary>
    public long? Bytes { get; init; }

    /// <summary>The statement that makes it.</summary>
    public string Definition { get; init; } = "";

    /// <summary>What it promises about a block that is sent twice.</summary>
    public required Guarantee Guarantee { get; init; }
}
