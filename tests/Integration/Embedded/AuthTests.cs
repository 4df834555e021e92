using System.Net;
using System.Text;
using Xunit;

namespace ClickSink.Tests.Integration.Embedded;

public sealed class AuthTests : IAsyncLifetime
{
    private const string Password = "corr3ct-h0rse";

    private readonly string _dataPath = EmbeddedProcess.NewDataPath();
    private EmbeddedProcess _server = null!;

    public async ValueTask InitializeAsync() => _server = await EmbeddedProcess.StartAsync(_dataPath, Password, "--user", "sink");

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_dataPath, recursive: true);
    }

    [Fact]
    public async Task Credentials_RightOnesInEveryForm_WrongOnesRefusedAndNeverLogged()
    {
        await AssertStatusAsync(HttpStatusCode.OK, "", ("X-ClickHouse-User", "sink"), ("X-ClickHouse-Key", Password));
        await AssertStatusAsync(HttpStatusCode.OK, "", ("Authorization", Basic("sink", Password)));
        await AssertStatusAsync(HttpStatusCode.OK, $"&user=sink&password={Password}");

        await AssertStatusAsync(HttpStatusCode.Forbidden, "");
        await AssertStatusAsync(HttpStatusCode.Forbidden, "", ("X-ClickHouse-User", "sink"), ("X-ClickHouse-Key", "wr0ng-one"));
        await AssertStatusAsync(HttpStatusCode.Forbidden, "", ("X-ClickHouse-User", "other"), ("X-ClickHouse-Key", Password));
        await AssertStatusAsync(HttpStatusCode.Forbidden, "", ("X-ClickHouse-Key", Password));
        await AssertStatusAsync(HttpStatusCode.Forbidden, "", ("Authorization", Basic("sink", "wr0ng-one")));
        await AssertStatusAsync(HttpStatusCode.Forbidden, "", ("Authorization", "Bearer x"));
        await AssertStatusAsync(HttpStatusCode.Forbidden, "&user=sink&password=wr0ng-one");
        await AssertStatusAsync(HttpStatusCode.Forbidden, $"&user=sink&password={Password}", ("Authorization", Basic("sink", Password)));

        // Health is for everyone.
        using var ping = await _server.SendAsync(HttpMethod.Get, "/ping");
        Assert.Equal(HttpStatusCode.OK, ping.StatusCode);

        Assert.Equal(0, await _server.StopAsync());
        Assert.Contains("wrong user or password", _server.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, _server.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("wr0ng-one", _server.Output, StringComparison.Ordinal);
    }

    private async Task AssertStatusAsync(HttpStatusCode expected, string parameters, params (string, string)[] headers)
    {
        using var response = await _server.SendAsync(HttpMethod.Get, "/?query=SELECT%201" + parameters, null, headers);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(expected, response.StatusCode);
        if (expected == HttpStatusCode.OK)
            return;
        Assert.Equal("516", response.Headers.GetValues("X-ClickHouse-Exception-Code").Single());
        Assert.StartsWith("Code: 516. DB::Exception: ", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, text, StringComparison.Ordinal);
    }

    private static string Basic(string user, string password) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
}
