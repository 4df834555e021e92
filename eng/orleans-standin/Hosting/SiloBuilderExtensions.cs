using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Hosting;

/// <summary>Options and services of a silo.</summary>
public static class SiloBuilderExtensions
{
    /// <summary>Sets options.</summary>
    /// <param name="builder">The silo.</param>
    /// <param name="configureOptions">Sets them.</param>
    /// <typeparam name="TOptions">Which options.</typeparam>
    public static ISiloBuilder Configure<TOptions>(this ISiloBuilder builder, Action<TOptions> configureOptions)
        where TOptions : class
    {
        builder.Services.Configure(configureOptions);
        return builder;
    }

    /// <summary>Sets options from configuration.</summary>
    /// <param name="builder">The silo.</param>
    /// <param name="configuration">The section that has them.</param>
    /// <typeparam name="TOptions">Which options.</typeparam>
    public static ISiloBuilder Configure<TOptions>(this ISiloBuilder builder, IConfiguration configuration)
        where TOptions : class
    {
        builder.Services.Configure<TOptions>(configuration);
        return builder;
    }

    /// <summary>Adds services.</summary>
    /// <param name="builder">The silo.</param>
    /// <param name="configureDelegate">Adds them.</param>
    public static ISiloBuilder ConfigureServices(this ISiloBuilder builder, Action<IServiceCollection> configureDelegate)
    {
        configureDelegate(builder.Services);
        return builder;
    }
}
