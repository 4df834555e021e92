namespace Orleans.Configuration;

/// <summary>Which cluster a silo or client belongs to.</summary>
public class ClusterOptions
{
    /// <summary>The default of <see cref="ClusterId"/>.</summary>
    public const string DefaultClusterId = "default";

    /// <summary>The default of <see cref="ServiceId"/>.</summary>
    public const string DefaultServiceId = "default";

    /// <summary>Silos and clients of one cluster have the same: the key of the membership table.</summary>
    public string ClusterId { get; set; } = DefaultClusterId;

    /// <summary>What state and reminders belong to. It outlives clusters, so it is part of their keys in storage.</summary>
    public string ServiceId { get; set; } = DefaultServiceId;
}

/// <summary>What a silo is called.</summary>
public class SiloOptions
{
    /// <summary>The name, for people. Default: <c>Silo_</c> and five random characters.</summary>
    public string SiloName { get; set; } = null!;
}
