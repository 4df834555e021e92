using System.Text;
using ClickSink.Servers.ClickHouse;
using Xunit;

namespace ClickSink.Tests.Integration.Formats;

/// <summary>Asks ClickHouse for bytes.</summary>
internal static class RawQuery
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false });

    public static async Task<byte[]> RunAsync(EmbeddedClickHouseServer server, string query)
    {
        using var answer = await Http.PostAsync(server.Http.Endpoint, new StringContent(query), TestContext.Current.CancellationToken);
        byte[] body = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, Encoding.UTF8.GetString(body));
        return body;
    }
}
