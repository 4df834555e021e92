namespace Orleans.Configuration;

/// <summary>How calls are sent.</summary>
public abstract class MessagingOptions
{
    /// <summary>How long a caller waits for its result. Default: 30 s.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether a call that timed out is cancelled where it runs. Default: no.</summary>
    public bool CancelRequestOnTimeout { get; set; }

    /// <summary>The longest arguments or result, in bytes. Default: 100 MiB.</summary>
    public int MaxMessageBodySize { get; set; } = 100 * 1024 * 1024;
}

/// <summary>How a silo sends calls.</summary>
public class SiloMessagingOptions : MessagingOptions
{
    /// <summary>How long a call between silos' own parts may take. Default: 30 s.</summary>
    public TimeSpan SystemResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a call follows a grain that moved. Default: 2.</summary>
    public int MaxForwardCount { get; set; } = 2;
}

/// <summary>How a client sends calls.</summary>
public class ClientMessagingOptions : MessagingOptions;

/// <summary>How a client finds gateways.</summary>
public class GatewayOptions
{
    /// <summary>From reading to reading of the list of gateways. Default: 1 min.</summary>
    public TimeSpan GatewayListRefreshPeriod { get; set; } = TimeSpan.FromMinutes(1);
}
