namespace ClickSink.Grains.Interfaces.Replicas;

/// <summary>A column that a replica needs before it can go on.</summary>
[GenerateSerializer, Immutable, Alias("clicksink.NewColumn")]
public sealed record NewColumn
{
    /// <summary>Its name.</summary>
    [Id(0)]
    public string Name { get; init; } = "";

    /// <summary>Its ClickHouse type.</summary>
    [Id(1)]
    public string Type { get; init; } = "";

    /// <summary>The path of the field.</summary>
    [Id(2)]
    public string Path { get; init; } = "";
}
