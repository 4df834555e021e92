using ClickSink.Engine.Pipelines;

namespace ClickSink.Engine.Formats.Registry;

/// <summary>Certificates for a registry, each as PEM text in the document itself, so that every silo has them.</summary>
public sealed record SchemaRegistryTlsOptions
{
    /// <summary>The authority, or authorities, that the registry's certificate is to be signed by, instead of the system's.</summary>
    public string? Ca { get; init; }

    /// <summary>The client's certificate, for a registry that asks for one.</summary>
    public string? Certificate { get; init; }

    /// <summary>The private key of the client's certificate, not encrypted.</summary>
    public Secret? Key { get; init; }
}
