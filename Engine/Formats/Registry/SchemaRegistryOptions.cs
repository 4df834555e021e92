using System.ComponentModel.DataAnnotations;
using ClickSink.Engine.Pipelines;

namespace ClickSink.Engine.Formats.Registry;

/// <summary>Where schemas come from: a registry that speaks Confluent's protocol.</summary>
public sealed record SchemaRegistryOptions
{
    /// <summary>The registry's address, such as <c>http://localhost:8081</c>; a path is kept in front of the protocol's own.</summary>
    [Required]
    public string Url { get; init; } = "";

    /// <summary>User for basic authentication; none by default.</summary>
    public string? User { get; init; }

    /// <summary>Password of the user.</summary>
    public Secret? Password { get; init; }

    /// <summary>How long one request may take; 5 seconds by default.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Certificates, where those of the system are not enough.</summary>
    public SchemaRegistryTlsOptions? Tls { get; init; }
}
