namespace ClickSink.Grains.Catalog;

/// <summary>The persisted catalog.</summary>
[GenerateSerializer, Alias("clicksink.CatalogState")]
public sealed class CatalogState
{
    /// <summary>The ids of all pipelines.</summary>
    [Id(0)]
    public List<string> Pipelines { get; set; } = [];
}
