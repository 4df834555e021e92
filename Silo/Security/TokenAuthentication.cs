using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using ClickSink.Silo.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace ClickSink.Silo.Security;

/// <summary>The one token of the API, as <c>Authorization: Bearer</c>. Whoever has it is the administrator, and may say who that is as <c>X-ClickSink-User</c>.</summary>
internal sealed class TokenAuthentication : AuthenticationHandler<AuthenticationSchemeOptions>
{
    public const string SchemeName = "Token";
    private const string Prefix = "Bearer ";
    private const string UserHeader = "X-ClickSink-User";
    private const int MaxUserLength = 64;
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

    // Whoever has the token says who it is: it is for the audit, and gives no right.
    private AuthenticateResult Accept(string role)
    {
        var user = Request.Headers[UserHeader].ToString();
        var name = user.Length is > 0 and <= MaxUserLength && !user.Any(char.IsControl) ? $"{user} ({role})" : role;
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, name)], SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }
}
