using System.Security.Cryptography;
using System.Text;
using ClickSink.Embedded.Chdb;
using Microsoft.AspNetCore.Http;

namespace ClickSink.Embedded.Http;

/// <summary>Checks user and password: by X-ClickHouse headers, basic authentication or parameters, not by two of them.</summary>
internal sealed class Authenticator
{
    private readonly byte[] _user;
    private readonly byte[] _password;

    public Authenticator(string user, Secret password)
    {
        _user = SHA256.HashData(Encoding.UTF8.GetBytes(user));
        _password = SHA256.HashData(Encoding.UTF8.GetBytes(password.Reveal()));
    }

    /// <summary>Null when the request may go on.</summary>
    public QueryFault? Check(HttpRequest request)
    {
        string user = request.Headers["X-ClickHouse-User"].ToString(), password = request.Headers["X-ClickHouse-Key"].ToString();
        var byHeaders = user.Length > 0 || password.Length > 0;
        var byBasic = request.Headers.Authorization.Count > 0;
        var byParameters = request.Query.ContainsKey("user") || request.Query.ContainsKey("password");
        if ((byHeaders ? 1 : 0) + (byBasic ? 1 : 0) + (byParameters ? 1 : 0) > 1)
            return Faults.TwoCredentials;
        if (byBasic && !TryReadBasic(request.Headers.Authorization.ToString(), out user, out password))
            return Faults.NotBasic;
        if (byParameters)
        {
            user = request.Query["user"].ToString();
            password = request.Query["password"].ToString();
        }
        if (user.Length == 0)
            user = "default";

        // Both are compared always and in full, so that the time tells nothing about either.
        var sameUser = IsSame(user, _user);
        var samePassword = IsSame(password, _password);
        return sameUser & samePassword
            ? null
            : Faults.WrongCredentials(user);
    }

    private static bool IsSame(string given, byte[] expectedHash) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), expectedHash);

    private static bool TryReadBasic(string header, out string user, out string password)
    {
        user = password = "";
        const string Scheme = "Basic ";
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return false;
        var bytes = new byte[header.Length];
        if (!Convert.TryFromBase64String(header[Scheme.Length..].Trim(), bytes, out var length))
            return false;
        var text = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
            return false;
        (user, password) = (text[..colon], text[(colon + 1)..]);
        return true;
    }
}
