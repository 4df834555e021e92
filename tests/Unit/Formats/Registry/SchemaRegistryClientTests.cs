using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ClickSink.Engine.Formats.Registry;
using ClickSink.Engine.Pipelines;
using ClickSink.Tests.Shared;
using Xunit;

namespace ClickSink.Tests.Unit.Formats.Registry;

/// <summary>The protocol of a schema registry, over real HTTP.</summary>
public sealed class SchemaRegistryClientTests
{
    [Fact]
    public async Task Get_KnownSchema_ComesWithItsType()
    {
        await using var server = await SchemaRegistryServer.StartAsync();
        server.Register("a", "\"int\"");
        int id = server.Register("b", "syntax = \"proto3\";", "PROTOBUF");
        var client = new SchemaRegistryClient(new SchemaRegistryOptions { Url = server.Url });

        Assert.Equal(("AVRO", "\"int\""), (client.Get(1).Schema!.Type, client.Get(1).Schema!.Text));
        Assert.Equal("PROTOBUF", client.Get(id).Schema!.Type);
    }

    [Fact]
    public async Task Get_References_ComeInTheOrderOfTheirUse()
    {
        await using var server = await SchemaRegistryServer.StartAsync();
        server.Register("deep/one", "D");
        server.Register("mid", "M", "PROTOBUF", ("deep.proto", "deep/one", 1));
        int id = server.Register("top", "T", "PROTOBUF", ("mid.proto", "mid", 1), ("deep.proto", "deep/one", 1));
        var client = new SchemaRegistryClient(new SchemaRegistryOptions { Url = server.Url + "/" });

        RegisteredSchema schema = client.Get(id).Schema!;

        Assert.Equal("T", schema.Text);
        Assert.Equal(["deep.proto=D", "mid.proto=M"], schema.References.Select(r => $"{r.Key}={r.Value}"));
    }

    [Fact]
    public async Task Get_UnknownId_IsOfTheMessageAndSaysSo()
    {
        await using var server = await SchemaRegistryServer.StartAsync();
        RegistryAnswer answer = new SchemaRegistryClient(new SchemaRegistryOptions { Url = server.Url }).Get(99);
        Assert.Equal((false, $"schema 99 is not known to the schema registry at {server.Url}"), (answer.IsTransient, answer.Error));
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.Found)]
    public async Task Get_AnythingElse_IsTransient(HttpStatusCode status)
    {
        await using var server = await SchemaRegistryServer.StartAsync();
        server.Register("a", "\"int\"");
        server.Away = status;
        RegistryAnswer answer = new SchemaRegistryClient(new SchemaRegistryOptions { Url = server.Url }).Get(1);
        Assert.True(answer.IsTransient);
        Assert.Contains($"answers {(int)status}", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_NobodyThere_IsTransient()
    {
        var server = await SchemaRegistryServer.StartAsync();
        await server.DisposeAsync();
        RegistryAnswer answer = new SchemaRegistryClient(new SchemaRegistryOptions { Url = server.Url }).Get(1);
        Assert.True(answer.IsTransient);
        Assert.Contains("does not answer", answer.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("u", "p", true)]
    [InlineData("u", "q", false)]
    [InlineData(null, null, false)]
    public async Task Get_BasicAuthentication_IsSent(string? user, string? password, bool accepted)
    {
        await using var server = await SchemaRegistryServer.StartAsync("u:p");
        server.Register("a", "\"int\"");
        RegistryAnswer answer = new SchemaRegistryClient(new SchemaRegistryOptions { Url = server.Url, User = user, Password = password is null ? null : new Secret(password) }).Get(1);
        Assert.Equal(accepted, answer.Schema is not null);
        if (!accepted) Assert.EndsWith("answers 401: correct its user and password in the document", answer.Error);
    }

    [Fact]
    public async Task Get_Tls_TrustsTheGivenAuthorityAndNoOther()
    {
        using X509Certificate2 certificate = SelfSigned();
        using X509Certificate2 other = SelfSigned();
        await using var server = await SchemaRegistryServer.StartAsync(certificate: certificate);
        server.Register("a", "\"int\"");
        string url = server.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);

        Assert.NotNull(Ask(certificate.ExportCertificatePem()).Schema);
        Assert.True(Ask(other.ExportCertificatePem()).IsTransient);
        Assert.True(Ask(null).IsTransient);

        RegistryAnswer Ask(string? ca) => new SchemaRegistryClient(new SchemaRegistryOptions { Url = url, Tls = new SchemaRegistryTlsOptions { Ca = ca } }).Get(1);
    }

    [Fact]
    public async Task Get_ClientCertificate_IsShown()
    {
        using X509Certificate2 server = SelfSigned();
        using X509Certificate2 client = SelfSigned();
        await using var registry = await SchemaRegistryServer.StartAsync(certificate: server, clientThumbprint: client.Thumbprint);
        registry.Register("a", "\"int\"");
        string url = registry.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        var tls = new SchemaRegistryTlsOptions { Ca = server.ExportCertificatePem() };

        Assert.True(new SchemaRegistryClient(new SchemaRegistryOptions { Url = url, Tls = tls }).Get(1).IsTransient);
        tls = tls with { Certificate = client.ExportCertificatePem(), Key = new Secret(client.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()) };
        RegistryAnswer answer = new SchemaRegistryClient(new SchemaRegistryOptions { Url = url, Tls = tls }).Get(1);
        Assert.True(answer.Schema is not null, answer.Error);
        FaultList faults = new();
        SchemaRegistryOptionsValidator.Validate(new SchemaRegistryOptions { Url = url, Tls = tls }, "registry", faults);
        Assert.Empty(faults);
    }

    [Fact]
    public void Find_UnknownSchema_IsAskedForAgainAfterAWhile()
    {
        var time = new ManualTime();
        int asked = 0;
        var cache = new SchemaCache<string>(
            _ => ++asked == 1 ? RegistryAnswer.Unknown("unknown") : RegistryAnswer.Found(new RegisteredSchema("AVRO", "x", [])), schema => (schema.Text, null), time);

        Assert.Equal("unknown", cache.Find(5, out _)?.Reason);
        Assert.Equal("unknown", cache.Find(5, out _)?.Reason);
        Assert.Equal(1, asked);
        time.Now += TimeSpan.FromSeconds(10);
        Assert.Null(cache.Find(5, out string? schema));
        Assert.Equal(("x", 2), (schema, asked));
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private sealed class ManualTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
