using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Hosting;

namespace Orleans.Standin.TestSilo;

/// <summary>Silos and clients on PostgreSQL, with probes quick enough for tests.</summary>
public static class TestHosts
{
    public static IHost Silo(string connection, string cluster, int siloPort, int gatewayPort, Action<ISiloBuilder>? more = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        AddLogging(builder.Logging);
        builder.UseOrleans(silo =>
        {
            silo.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = ("Npgsql", connection))
                .AddAdoNetGrainStorage("states", options => (options.Invariant, options.ConnectionString) = ("Npgsql", connection))
                .UseAdoNetReminderService(options => (options.Invariant, options.ConnectionString) = ("Npgsql", connection))
                .ConfigureEndpoints(IPAddress.Loopback, siloPort, gatewayPort)
                .Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (cluster, cluster))
                .Configure<SiloOptions>(options => options.SiloName = $"silo-{siloPort}")
                .Configure<ReminderOptions>(options => options.MinimumReminderPeriod = TimeSpan.FromMilliseconds(100))
                .Configure<ClusterMembershipOptions>(options =>
                {
                    // Quick enough for tests, and long enough for a machine that builds or starts other programs at the same time.
                    options.ProbeTimeout = TimeSpan.FromMilliseconds(500);
                    options.NumMissedProbesLimit = 2;
                    options.TableRefreshTimeout = TimeSpan.FromSeconds(2);
                });
            more?.Invoke(silo);
        });
        return builder.Build();
    }

    public static IHost Client(string connection, string cluster)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        AddLogging(builder.Logging);
        builder.UseOrleansClient(client => client
            .UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = ("Npgsql", connection))
            .Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (cluster, cluster)));
        return builder.Build();
    }

    public static IClusterClient Grains(this IHost host) => host.Services.GetRequiredService<IClusterClient>();

    private static void AddLogging(ILoggingBuilder logging)
    {
        if (Environment.GetEnvironmentVariable("STANDIN_TEST_LOG") is { Length: > 0 } level)
            logging.AddSimpleConsole(options => options.SingleLine = true).SetMinimumLevel(Enum.Parse<LogLevel>(level));
    }
}
