using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Hosting;

/// <summary>Sets a silo up.</summary>
public interface ISiloBuilder
{
    /// <summary>The services of its process.</summary>
    IServiceCollection Services { get; }

    /// <summary>The configuration of its process.</summary>
    IConfiguration Configuration { get; }
}

/// <summary>Sets a client up.</summary>
public interface IClientBuilder
{
    /// <summary>The services of its process.</summary>
    IServiceCollection Services { get; }

    /// <summary>The configuration of its process.</summary>
    IConfiguration Configuration { get; }
}
