using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Standin.Messaging;

namespace Orleans
{
    /// <summary>Decides whether a client that found no cluster tries again.</summary>
    public interface IClientConnectionRetryFilter
    {
        /// <summary>Decides; the time until it answers is the time until the next attempt.</summary>
        /// <param name="exception">Why the attempt failed.</param>
        /// <param name="cancellationToken">Cancelled when the client is told to stop.</param>
        Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken);
    }
}

namespace Orleans.Hosting
{
    /// <summary>Options and services of a client.</summary>
    public static class ClientBuilderExtensions
    {
        /// <summary>Sets options.</summary>
        /// <param name="builder">The client.</param>
        /// <param name="configureOptions">Sets them.</param>
        /// <typeparam name="TOptions">Which options.</typeparam>
        public static IClientBuilder Configure<TOptions>(this IClientBuilder builder, Action<TOptions> configureOptions)
            where TOptions : class
        {
            builder.Services.Configure(configureOptions);
            return builder;
        }

        /// <summary>Sets options from configuration.</summary>
        /// <param name="builder">The client.</param>
        /// <param name="configuration">The section that has them.</param>
        /// <typeparam name="TOptions">Which options.</typeparam>
        public static IClientBuilder Configure<TOptions>(this IClientBuilder builder, IConfiguration configuration)
            where TOptions : class
        {
            builder.Services.Configure<TOptions>(configuration);
            return builder;
        }

        /// <summary>Adds services.</summary>
        /// <param name="builder">The client.</param>
        /// <param name="configureDelegate">Adds them.</param>
        public static IClientBuilder ConfigureServices(this IClientBuilder builder, Action<IServiceCollection> configureDelegate)
        {
            configureDelegate(builder.Services);
            return builder;
        }

        /// <summary>Says whether a client that finds no cluster at its start tries again. Default: it does not, and its host fails.</summary>
        /// <param name="builder">The client.</param>
        /// <param name="connectionRetryFilter">Decides; the time until it answers is the time until the next attempt.</param>
        public static IClientBuilder UseConnectionRetryFilter(
            this IClientBuilder builder, Func<Exception, CancellationToken, Task<bool>> connectionRetryFilter)
        {
            builder.Services.AddSingleton<IClientConnectionRetryFilter>(new DelegatedRetryFilter(connectionRetryFilter));
            return builder;
        }

        /// <summary>Uses the gateway of a silo on this machine.</summary>
        /// <param name="builder">The client.</param>
        /// <param name="gatewayPort">Its port.</param>
        /// <param name="serviceId">The service.</param>
        /// <param name="clusterId">The cluster.</param>
        public static IClientBuilder UseLocalhostClustering(
            this IClientBuilder builder, int gatewayPort = 30000, string serviceId = "dev", string clusterId = "dev")
        {
            builder.Services.AddSingleton<IGatewayList>(new StaticGatewayList([new IPEndPoint(IPAddress.Loopback, gatewayPort)]));
            return builder.Configure<ClusterOptions>(options => (options.ServiceId, options.ClusterId) = (serviceId, clusterId));
        }

        private sealed class DelegatedRetryFilter : IClientConnectionRetryFilter
        {
            private readonly Func<Exception, CancellationToken, Task<bool>> _decide;

            public DelegatedRetryFilter(Func<Exception, CancellationToken, Task<bool>> decide) => _decide = decide;

            public Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken) =>
                _decide(exception, cancellationToken);
        }
    }
}
