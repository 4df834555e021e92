namespace ClickSink.Silo.Hosting;

/// <summary>
/// How a silo is configured: the section <c>ClickSink</c>, so <c>ClickSink__Postgres</c> and so on in the environment. Everything that it needs to run comes
/// from there; pipelines come over the API.
/// </summary>
public sealed record SiloHostOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "ClickSink";

    /// <summary>Connection string of the PostgreSQL database that holds membership, grain state and reminders. Required.</summary>
    public string Postgres { get; init; } = "";

    /// <summary>Silos and clients of one cluster have the same; <c>clicksink</c> by default.</summary>
    public string ClusterId { get; init; } = "clicksink";

    /// <summary>The identity that the stored state belongs to; <c>clicksink</c> by default. It must stay the same for as long as the state is wanted.</summary>
    public string ServiceId { get; init; } = "clicksink";

    /// <summary>The address that other silos reach this one at; loopback by default.</summary>
    public string AdvertisedAddress { get; init; } = "127.0.0.1";

    /// <summary>Port for other silos; 11111 by default.</summary>
    public int SiloPort { get; init; } = 11111;

    /// <summary>Port for cluster clients; 30000 by default.</summary>
    public int GatewayPort { get; init; } = 30000;

    /// <summary>Addresses of the REST API; <c>http://127.0.0.1:8080</c> by default, several separated by semicolons.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:8080";

    /// <summary>The token that the REST API wants as <c>Authorization: Bearer</c>; at least 16 characters. Required unless <see cref="Open"/>.</summary>
    public string ApiToken { get; init; } = "";

    /// <summary>Whether the REST API answers without a token: for a demo on this machine only. False by default.</summary>
    public bool Open { get; init; }

    /// <summary>How often each silo asks for pipelines that are not looked after; 2 s by default.</summary>
    public TimeSpan SupervisionPeriod { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often Kafka is asked for the partitions of each topic; 30 s by default. So long it takes at most until added ones are read.</summary>
    public TimeSpan PartitionRefresh { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long events are kept; 30 days by default.</summary>
    public TimeSpan EventRetention { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How long a stop may take: blocks in hand are finished within it; 30 s by default.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
