using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using ClickSink.Silo.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace ClickSink.Silo.Security;

/// <summary>The one token of the API, as <c>Authorization: Bearer</c>. Whoever has it is the administrator.</summary>
internal sealed class TokenAuthentication : AuthenticationHandler<AuthenticationSchemeOptions>
{
    public const string SchemeName = "Token";
    private const string Prefix = "Bearer ";
    private readonly SiloHostOptions _silo;

    public TokenAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, SiloHostOptions silo)
        : base(options, logger, encoder) => _silo = silo;

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Authenticate());

    private AuthenticateResult Authenticate()
    {
        if (_silo.Open) return Accept("demo");
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)) return AuthenticateResult.NoResult();
        // Compared by digest, so that neither the time nor the length of the comparison tells anything about the token.
        var given = SHA256.HashData(Encoding.UTF8.GetBytes(header[Prefix.Length..].Trim()));
        var expected = SHA256.HashData(Encoding.UTF8.GetBytes(_silo.ApiToken));
        return CryptographicOperations.FixedTimeEquals(given, expected) ? Accept("admin") : AuthenticateResult.Fail("the token is wrong");
    }

    private static AuthenticateResult Accept(string name)
    {
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, name)], SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }
}
