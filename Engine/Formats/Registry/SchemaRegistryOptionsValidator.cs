using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ClickSink.Engine.Pipelines;

namespace ClickSink.Engine.Formats.Registry;

/// <summary>The rules of <see cref="SchemaRegistryOptions"/> that go beyond types.</summary>
internal static class SchemaRegistryOptionsValidator
{
    public static void Validate(SchemaRegistryOptions options, string path, FaultList faults)
    {
        if (options.Url.Length > 0) CheckUrl(options, $"{path}.url", faults);
        if (options.Timeout < TimeSpan.FromMilliseconds(100) || options.Timeout > TimeSpan.FromMinutes(1))
            faults.Add($"{path}.timeout", Duration.Format(options.Timeout), "must be from 100ms to 1m");
        if (options.User is null && options.Password is not null) faults.Add($"{path}.user", null, "is needed where there is a password");
        if (options.Tls is { } tls) CheckTls(tls, $"{path}.tls", faults);
    }

    private static void CheckUrl(SchemaRegistryOptions options, string path, FaultList faults)
    {
        if (!Uri.TryCreate(options.Url, UriKind.Absolute, out Uri? url) || url.Scheme is not ("http" or "https"))
            faults.Add(path, options.Url, "must be the registry's address, such as http://localhost:8081");
        else if (url.UserInfo.Length > 0)
            faults.Add(path, null, "must not hold a user or password; use the keys user and password");
        else if (url.Query.Length > 0 || url.Fragment.Length > 0)
            faults.Add(path, options.Url, "must have no query and no fragment");
        else if (IPAddress.TryParse(url.Host.Trim('[', ']'), out IPAddress? address) && IsLinkLocal(address))
            faults.Add(path, options.Url, "must not be a link-local address: no registry is there, but the metadata service of cloud machines");
        else if (options.Tls is not null && url.Scheme != "https")
            faults.Add(path, options.Url, "must begin with https where there are certificates");
    }

    private static bool IsLinkLocal(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.IsIPv6LinkLocal || (address.GetAddressBytes() is [169, 254, ..] and { Length: 4 });
    }

    private static void CheckTls(SchemaRegistryTlsOptions tls, string path, FaultList faults)
    {
        if (tls.Ca is not null && !IsCertificate(tls.Ca)) faults.Add($"{path}.ca", null, "must be one or more certificates in PEM");
        if ((tls.Certificate is null) != (tls.Key is null))
        {
            faults.Add($"{path}.{(tls.Certificate is null ? "certificate" : "key")}", null, "certificate and key are given together or not at all");
            return;
        }

        if (tls.Certificate is null) return;
        try
        {
            using var certificate = X509Certificate2.CreateFromPem(tls.Certificate, tls.Key!.Reveal());
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            // What exactly is wrong with a key is not told: the text of the exception could hold a part of it.
            faults.Add($"{path}.certificate", null, "certificate and key must be PEM texts that belong together, the key not encrypted");
        }
    }

    private static bool IsCertificate(string pem)
    {
        try
        {
            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPem(pem);
            return certificates.Count > 0;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
