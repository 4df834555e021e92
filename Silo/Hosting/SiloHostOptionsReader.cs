using System.Net;
using Npgsql;

namespace ClickSink.Silo.Hosting;

/// <summary>Reads and checks the configuration at the start, and tells every fault of it at once.</summary>
public static class SiloHostOptionsReader
{
    private const int MinTokenLength = 16;

    /// <summary>Reads the section.</summary>
    /// <param name="configuration">The host's configuration.</param>
    /// <param name="faults">Receives a line for each fault, beginning with the name of the setting.</param>
    public static SiloHostOptions Read(IConfiguration configuration, ICollection<string> faults)
    {
        var section = configuration.GetSection(SiloHostOptions.Section);
        var known = typeof(SiloHostOptions).GetProperties().Select(p => p.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var child in section.GetChildren())
        {
            if (!known.Contains(child.Key)) faults.Add($"ClickSink:{child.Key}: unknown setting; known are {string.Join(", ", known.Order())}");
        }

        SiloHostOptions options;
        try
        {
            options = section.Get<SiloHostOptions>() ?? new SiloHostOptions();
        }
        catch (InvalidOperationException e)
        {
            faults.Add(e.InnerException is { } inner ? $"{e.Message} {inner.Message}" : e.Message);
            return new SiloHostOptions();
        }

        Check(options, faults);
        return options;
    }

    private static void Check(SiloHostOptions options, ICollection<string> faults)
    {
        if (options.Postgres.Length == 0) faults.Add("ClickSink:Postgres: is required: a connection string such as Host=db;Database=clicksink;Username=clicksink;Password=...");
        else if (!IsConnectionString(options.Postgres)) faults.Add("ClickSink:Postgres: is not a connection string of PostgreSQL");
        if (!IPAddress.TryParse(options.AdvertisedAddress, out _)) faults.Add($"ClickSink:AdvertisedAddress: '{options.AdvertisedAddress}' must be an IP address that other silos reach");
        CheckPort(options.SiloPort, "SiloPort", faults);
        CheckPort(options.GatewayPort, "GatewayPort", faults);
        if (options.SiloPort == options.GatewayPort) faults.Add($"ClickSink:GatewayPort: {options.GatewayPort} is SiloPort as well; they must differ");
        foreach (var url in options.Urls.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Uri.TryCreate(url.Replace("://*", "://0.0.0.0").Replace("://+", "://0.0.0.0"), UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
                faults.Add($"ClickSink:Urls: '{url}' must be an address such as http://0.0.0.0:8080");
        }

        if (!options.Open && options.ApiToken.Length < MinTokenLength)
            faults.Add($"ClickSink:ApiToken: at least {MinTokenLength} characters are required, so that nobody else commands the pipelines (ClickSink:Open=true leaves the API open, for a demo)");
        if (options.ClusterId.Length == 0) faults.Add("ClickSink:ClusterId: must not be empty");
        if (options.ServiceId.Length == 0) faults.Add("ClickSink:ServiceId: must not be empty");
        if (options.SupervisionPeriod < TimeSpan.FromMilliseconds(100)) faults.Add("ClickSink:SupervisionPeriod: must be at least 00:00:00.1");
        if (options.PartitionRefresh < TimeSpan.FromMilliseconds(100)) faults.Add("ClickSink:PartitionRefresh: must be at least 00:00:00.1");
        if (options.EventRetention < TimeSpan.FromHours(1)) faults.Add("ClickSink:EventRetention: must be at least 01:00:00");
        if (options.ShutdownTimeout < TimeSpan.FromSeconds(1)) faults.Add("ClickSink:ShutdownTimeout: must be at least 00:00:01");
    }

    private static void CheckPort(int port, string name, ICollection<string> faults)
    {
        if (port is < 1 or > 65535) faults.Add($"ClickSink:{name}: {port} must be from 1 to 65535");
    }

    private static bool IsConnectionString(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text).Host is { Length: > 0 };
        }
        catch (ArgumentException)
        {
            // The message could repeat the password, so only the verdict is told.
            return false;
        }
    }
}
