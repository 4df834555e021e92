namespace ClickSink.Grains;

/// <summary>The names of the grain storage that the host configures.</summary>
public static class StorageNames
{
    /// <summary>The one storage: PostgreSQL through Orleans' ADO.NET provider.</summary>
    public const string State = "clicksink";
}
