namespace Orleans;

/// <summary>A process's way to the grains of a cluster.</summary>
public interface IClusterClient : IGrainFactory
{
    /// <summary>The services of the process.</summary>
    IServiceProvider ServiceProvider { get; }
}
