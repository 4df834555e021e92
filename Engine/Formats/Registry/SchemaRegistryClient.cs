using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace ClickSink.Engine.Formats.Registry;

/// <summary>
/// Confluent's schema registry protocol, as far as reading needs it. Synchronous: it is asked by the reading thread, once for each schema, and nothing can be decoded
/// before it answers.
/// </summary>
internal sealed class SchemaRegistryClient
{
    private const int MaxAnswerBytes = 16 << 20;
    private const int MaxReferences = 500;
    private const int MaxErrorLength = 300;

    // Error codes of the protocol: subject, version or schema not found.
    private static readonly HashSet<int> NotFoundCodes = [40401, 40402, 40403];

    private readonly SchemaRegistryOptions _options;
    private readonly HttpClient _http;

    public SchemaRegistryClient(SchemaRegistryOptions options)
    {
        _options = options;
        var handler = new SocketsHttpHandler
        {
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(10),
            ConnectTimeout = options.Timeout,
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
        };
        if (options.Tls is { } tls) handler.SslOptions = Certificates(tls);
        _http = new HttpClient(handler)
        {
            BaseAddress = new Uri(options.Url.TrimEnd('/') + "/"),
            Timeout = options.Timeout,
            MaxResponseContentBufferSize = MaxAnswerBytes,
        };
        _http.DefaultRequestHeaders.Accept.ParseAdd("application/vnd.schemaregistry.v1+json, application/json;q=0.9");
        if (options.User is not null)
        {
            string credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.User}:{options.Password?.Reveal()}"));
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", credentials);
        }
    }

    /// <summary>Asks for a schema, and for all that it refers to.</summary>
    public RegistryAnswer Get(int id)
    {
        List<KeyValuePair<string, string>> references = [];
        return Get($"schemas/ids/{id}", $"schema {id}", references, []);
    }

    private RegistryAnswer Get(string path, string what, List<KeyValuePair<string, string>> references, HashSet<string> seen)
    {
        (string? body, RegistryAnswer failure) = Send(path, what);
        if (body is null) return failure;
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            JsonElement root = document.RootElement;
            string text = root.GetProperty("schema").GetString() ?? "";
            string type = root.TryGetProperty("schemaType", out JsonElement given) ? given.GetString() ?? "AVRO" : "AVRO";
            if (root.TryGetProperty("references", out JsonElement list) && list.ValueKind == JsonValueKind.Array)
            {
                foreach (JsonElement reference in list.EnumerateArray())
                {
                    RegistryAnswer answer = GetReference(reference, references, seen);
                    if (answer.Schema is null) return answer;
                }
            }

            return RegistryAnswer.Found(new RegisteredSchema(type, text, references));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return RegistryAnswer.Away($"{what}: what answers at {_options.Url} is no schema registry ({e.Message}); check the registry's url");
        }
    }

    // Those that a schema refers to come before it in the list, so that whoever reads it in order knows every name already.
    private RegistryAnswer GetReference(JsonElement reference, List<KeyValuePair<string, string>> references, HashSet<string> seen)
    {
        string name = reference.GetProperty("name").GetString() ?? "";
        string subject = reference.GetProperty("subject").GetString() ?? "";
        int version = reference.GetProperty("version").GetInt32();
        string what = $"version {version} of subject {subject}, which a schema refers to as {name}";
        if (!seen.Add($"{subject}/{version}/{name}")) return RegistryAnswer.Found(new RegisteredSchema("", "", []));
        if (seen.Count > MaxReferences) return RegistryAnswer.Unknown($"{what}: more than {MaxReferences} schemas are referred to");
        RegistryAnswer answer = Get($"subjects/{Uri.EscapeDataString(subject)}/versions/{version}?deleted=true", what, references, seen);
        if (answer.Schema is { } schema) references.Add(new(name, schema.Text));
        return answer;
    }

    private (string? Body, RegistryAnswer Failure) Send(string path, string what)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            using HttpResponseMessage response = _http.Send(request);
            using var reader = new StreamReader(response.Content.ReadAsStream(), Encoding.UTF8);
            string body = reader.ReadToEnd();
            return response.IsSuccessStatusCode ? (body, default) : (null, Refused(response.StatusCode, body, what));
        }
        catch (HttpRequestException e)
        {
            return (null, RegistryAnswer.Away($"{what}: the schema registry at {_options.Url} does not answer: {e.InnerException?.Message ?? e.Message}"));
        }
        catch (IOException e)
        {
            return (null, RegistryAnswer.Away($"{what}: the connection to the schema registry at {_options.Url} broke: {e.Message}"));
        }
        catch (OperationCanceledException)
        {
            return (null, RegistryAnswer.Away($"{what}: the schema registry at {_options.Url} took longer than {_options.Timeout.TotalSeconds:0.#} s"));
        }
    }

    private RegistryAnswer Refused(HttpStatusCode status, string body, string what)
    {
        string text = body.Length > MaxErrorLength ? body[..MaxErrorLength] + "..." : body;
        string where = $"{what}: the schema registry at {_options.Url} answers {(int)status}";
        // Only a registry that says by its own code that there is no such schema is believed: a proxy in front of it has a 404 as well.
        if (status is HttpStatusCode.NotFound && NotFoundCodes.Contains(ErrorCode(body)))
            return RegistryAnswer.Unknown($"{what} is not known to the schema registry at {_options.Url}");
        if (status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden) return RegistryAnswer.Away($"{where}: correct its user and password in the document");
        return RegistryAnswer.Away($"{where}: {text}");
    }

    private static int ErrorCode(string body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            return document.RootElement.TryGetProperty("error_code", out JsonElement code) && code.TryGetInt32(out int number) ? number : 0;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return 0;
        }
    }

    private static SslClientAuthenticationOptions Certificates(SchemaRegistryTlsOptions tls)
    {
        var options = new SslClientAuthenticationOptions();
        if (tls.Ca is not null)
        {
            options.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            options.CertificateChainPolicy.CustomTrustStore.ImportFromPem(tls.Ca);
        }

        if (tls.Certificate is not null) options.ClientCertificates = [X509Certificate2.CreateFromPem(tls.Certificate, tls.Key!.Reveal())];
        return options;
    }
}
