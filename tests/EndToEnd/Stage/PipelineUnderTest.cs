using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClickSink.Engine.Sources.Generator;
using ClickSink.Engine.Sources.Kafka;
using ClickSink.Servers;
using ClickSink.Servers.ClickHouse;
using ClickSink.Servers.Kafka;
using Xunit;

namespace ClickSink.Tests.EndToEnd.Stage;

/// <summary>One pipeline with its topic and table: messages go in, the API is asked, rows are counted.</summary>
public sealed class PipelineUnderTest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly DateTime FirstEvent = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
    private readonly int _partitions;
    private long _sent;

    public PipelineUnderTest(SiloServer silo, KafkaServer kafka, EmbeddedClickHouseServer clickHouse, int partitions, Document document)
    {
        Silo = silo;
        Kafka = kafka;
        ClickHouse = clickHouse;
        _partitions = partitions;
        Document = document;
        Api = new SiloApi(silo);
    }

    public SiloServer Silo { get; }

    public KafkaServer Kafka { get; }

    /// <summary>Where rows are counted.</summary>
    public EmbeddedClickHouseServer ClickHouse { get; set; }

    public SiloApi Api { get; }

    /// <summary>The document that <see cref="ApplyAsync"/> puts in place.</summary>
    public Document Document { get; set; }

    public string Id => Document.Id;

    public string DeadLetterTable => $"{Document.Table}_dead_letters";

    private string Path => $"api/pipelines/{Id}";

    public async Task<ApiAnswer> ApplyAsync(Func<Document, Document>? change = null)
    {
        Document = change?.Invoke(Document) ?? Document;
        return (await Api.SendAsync(HttpMethod.Put, Path, Document.ToYaml())).Success();
    }

    public async Task SetStateAsync(string state) =>
        (await Api.SendAsync(HttpMethod.Put, $"{Path}/state", JsonSerializer.Serialize(new { state }), "application/json")).Success();

    /// <summary>Deletes the pipeline and waits until it is forgotten.</summary>
    public async Task DeleteAsync()
    {
        (await Api.SendAsync(HttpMethod.Delete, Path)).Success();
        await Until.TrueAsync(async () => (await Api.GetAsync(Path)).Status is HttpStatusCode.NotFound, () => Task.FromResult($"{Id} is still there after its deletion"), Patience);
    }

    /// <summary>The status; null while the silo is away or does not know the pipeline.</summary>
    public async Task<JsonNode?> StatusAsync()
    {
        try
        {
            var answer = await Api.GetAsync($"{Path}/status");
            return answer.Status is HttpStatusCode.OK ? answer.Json : null;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>Waits for a status.</summary>
    public async Task<JsonNode> WaitForAsync(Func<JsonNode, bool> wanted, string what)
    {
        JsonNode? status = null;
        await Until.TrueAsync(
            async () => (status = await StatusAsync()) is not null && wanted(status),
            () => Task.FromResult($"the status did not become: {what}; it is {status?.ToJsonString() ?? "unknown"}"),
            Patience);
        return status!;
    }

    /// <summary>Waits for a phase, and, if parts are given, for an error that holds each of them.</summary>
    public Task<JsonNode> WaitForPhaseAsync(string phase, params string[] errorParts) => WaitForAsync(
        s => (string?)s["phase"] == phase && errorParts.All(part => ((string?)s["error"])?.Contains(part, StringComparison.Ordinal) == true),
        $"{phase} {string.Join(" | ", errorParts)}");

    /// <summary>Sends the next events, numbered on.</summary>
    public async Task SendAsync(int count)
    {
        var first = Interlocked.Add(ref _sent, count) - count;
        var target = new KafkaSourceOptions { Brokers = Kafka.BootstrapServers, Topic = Document.Topic, Properties = KafkaServer.ClientSettings };
        await Task.Run(() => EventProducer.Send(target, _partitions, new EngagementEvents(1, FirstEvent), first, count, null, TestContext.Current.CancellationToken));
    }

    /// <summary>Sends messages as they are, to one partition.</summary>
    public async Task SendRawAsync(int partition, params string[] messages)
    {
        string[] settings = [.. KafkaServer.ClientSettings.SelectMany(s => (string[])["-X", $"{s.Key}={s.Value}"])];
        var (code, output) = await Command.RunAsync(
            string.Join('\n', messages) + "\n", null, ["kcat", "-P", "-b", Kafka.BootstrapServers, "-t", Document.Topic, "-p", $"{partition}", .. settings]);
        Assert.True(code == 0, output);
    }

    /// <summary>The valid event of a number, as <see cref="SendRawAsync"/> takes it; it counts as sent.</summary>
    public string NextEvent() => Encoding.UTF8.GetString(new EngagementEvents(1, FirstEvent).Next(Interlocked.Increment(ref _sent) - 1));

    /// <summary>Rows in the table, and different numbers among them; 0 while there is no table.</summary>
    public async Task<(long Stored, long Unique)> CountAsync()
    {
        try
        {
            var text = await QueryAsync($"SELECT count(), uniqExact(seq) FROM {Document.Table} FORMAT TabSeparated");
            var fields = text.Split('\t');
            return (long.Parse(fields[0], CultureInfo.InvariantCulture), long.Parse(fields[1], CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is ServerException or HttpRequestException)
        {
            return (0, 0);
        }
    }

    /// <summary>Waits until at least so many rows are stored.</summary>
    public Task WaitForRowsAsync(long rows) => Until.TrueAsync(
        async () => (await CountAsync()).Stored >= rows,
        async () => $"{rows} rows are expected, {await CountAsync()} are there; {(await StatusAsync())?.ToJsonString()}",
        Patience);

    /// <summary>Waits until every event that was sent is stored and checkpointed, and checks that each is there once.</summary>
    public async Task AssertStoredOnceAsync(long missing = 0)
    {
        var rows = _sent - missing;
        await WaitForRowsAsync(rows);
        // Whatever would be written twice is on its way until the ledger has caught up.
        await WaitForAsync(s => (long)s["lagRecords"]! == 0 && (string?)s["phase"] == "running", "running without lag");
        Assert.Equal((rows, rows), await CountAsync());
    }

    /// <summary>Ends the silo as a crash would, and starts it again.</summary>
    public async Task KillSiloAsync()
    {
        await Silo.KillAsync();
        await StartSiloAsync();
    }

    public Task StartSiloAsync() => Silo.StartAsync(TestContext.Current.CancellationToken);

    public Task<string> QueryAsync(string query) => ClickHouse.Http.QueryAsync(query, cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>The silo's log, as far as it is written.</summary>
    public async Task<string> SiloLogAsync()
    {
        await using var file = new FileStream(Silo.LogPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
