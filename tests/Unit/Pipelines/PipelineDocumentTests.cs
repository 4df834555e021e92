using ClickSink.Engine.Delivery;
using ClickSink.Engine.Pipelines;
using ClickSink.Engine.Sinks.ClickHouse;
using ClickSink.Engine.Sources.Kafka;
using ClickSink.Servers;
using Xunit;

namespace ClickSink.Tests.Unit.Pipelines;

public sealed class PipelineDocumentTests
{
    private const string Minimal = """
        id: orders
        source: { kafka: { brokers: "a:9092, b:9092", topic: orders } }
        mapping: { columns: [ { name: n, type: UInt64 } ] }
        sinks: [ { clickhouse: { url: "http://ch:8123", table: orders } } ]
        """;

    [Fact]
    public void Read_Minimal_HasEveryDefault()
    {
        var options = Read(Minimal).Options;
        Assert.Equal(("orders", DesiredState.Started, 1, ErrorPolicy.Stop), (options.Id, options.State, options.Replicas, options.Errors.Policy));
        Assert.Equal(StartPosition.Earliest, options.Source.Kafka!.Start);
        Assert.Equal(new DeliveryOptions(), options.Delivery);
        var sink = options.Sinks[0];
        Assert.Equal(("clickhouse", "clickhouse"), (sink.Name, sink.Kind));
        var clickHouse = Assert.IsType<ClickHouseSinkOptions>(sink.Options);
        Assert.Equal(("default", "default", TimeSpan.FromMinutes(2), ClickHouseCompression.Auto), (clickHouse.Database, clickHouse.User, clickHouse.Timeout, clickHouse.Compression));
        Assert.Null(clickHouse.Password);
    }

    [Fact]
    public void Read_EveryKey_IsBound()
    {
        var options = Read("""
            id: a.b-1
            description: text
            state: stopped
            replicas: 3
            source: { kafka: { brokers: "[::1]:9092", topic: T_1, group: g, start: latest, properties: { client.id: me, socket.timeout.ms: 5000, socket.keepalive.enable: true } } }
            format: { json: {} }
            mapping: { columns: [ { name: n, type: Nullable(UInt64), path: "a.b[0]", missing: "null" }, { name: t, type: String, missing: reject } ] }
            sinks:
              - name: main
                clickhouse:
                  url: https://ch
                  database: d
                  table: t
                  user: u
                  password: secret
                  compression: gzip
                  createTable: { engine: ReplacingMergeTree, orderBy: [n, t], partitionBy: toYYYYMM(d), ttl: d + INTERVAL 1 DAY }
                  deadLetterTable: dead
                  settings: { max_memory_usage: 1000000 }
                  timeout: 30s
            delivery: { maxRows: 10, maxBytes: 2MiB, maxWait: 1m, memory: 1GiB, retryInitial: 1s, retryMax: 2s, drainTimeout: 3s }
            errors: { policy: deadLetter }
            """).Options;
        Assert.Equal(("text", DesiredState.Stopped, 3, ErrorPolicy.DeadLetter), (options.Description, options.State, options.Replicas, options.Errors.Policy));
        Assert.Equal((StartPosition.Latest, "g"), (options.Source.Kafka!.Start, options.Source.Kafka.Group));
        Assert.Equal("5000", options.Source.Kafka.Properties["socket.timeout.ms"]);
        Assert.Equal("true", options.Source.Kafka.Properties["socket.keepalive.enable"]);
        Assert.Equal(
            new DeliveryOptions
            {
                MaxRows = 10, MaxBytes = ByteSize.FromMiB(2), MaxWait = TimeSpan.FromMinutes(1), Memory = ByteSize.FromMiB(1024), RetryInitial = TimeSpan.FromSeconds(1),
                RetryMax = TimeSpan.FromSeconds(2), DrainTimeout = TimeSpan.FromSeconds(3),
            },
            options.Delivery);
        var sink = (ClickHouseSinkOptions)options.Sinks[0].Options!;
        Assert.Equal(("main", "secret", "dead", "1000000"), (options.Sinks[0].Name, sink.Password!.Reveal(), options.Errors.DeadLetters.Table, sink.Settings["max_memory_usage"]));
        Assert.Equal(["n", "t"], sink.CreateTable!.OrderBy);
    }

    [Fact]
    public void Read_EmptyDocument_NamesEverythingThatIsRequired() =>
        Assert.Equal(["id", "mapping", "sinks", "source"], Faults("{}").Select(f => f.Path).Distinct().Order());

    [Theory]
    [InlineData("id: orders", "id: [a]", "id", "[...]")]
    [InlineData("id: orders", "id: null", "id", null)]
    [InlineData("id: orders", "id: Orders", "id", "Orders")]
    [InlineData("id: orders", "id: -a", "id", "-a")]
    [InlineData("id: orders", "id: orders\nstate: running", "state", "running")]
    [InlineData("id: orders", "id: orders\nreplicas: 0", "replicas", "0")]
    [InlineData("id: orders", "id: orders\nreplicas: 1025", "replicas", "1025")]
    [InlineData("id: orders", "id: orders\nreplicas: 1.5", "replicas", "1.5")]
    [InlineData("id: orders", "id: orders\nreplicas: \"2\"", "replicas", "2")]
    [InlineData("id: orders", "id: orders\ndelivery: 5", "delivery", "5")]
    [InlineData("id: orders", "id: orders\ndelivery: { maxRows: 0 }", "delivery.maxRows", "0")]
    [InlineData("id: orders", "id: orders\ndelivery: { maxBytes: 1KiB }", "delivery.maxBytes", "1KiB")]
    [InlineData("id: orders", "id: orders\ndelivery: { memory: lots }", "delivery.memory", "lots")]
    [InlineData("id: orders", "id: orders\ndelivery: { memory: 1MiB }", "delivery.memory", "1MiB")]
    [InlineData("id: orders", "id: orders\ndelivery: { maxWait: 1ms }", "delivery.maxWait", "1ms")]
    [InlineData("id: orders", "id: orders\ndelivery: { maxWait: 5 }", "delivery.maxWait", "5")]
    [InlineData("id: orders", "id: orders\ndelivery: { retryInitial: 1m, retryMax: 1s }", "delivery.retryMax", "1s")]
    [InlineData("id: orders", "id: orders\ndelivery: { drainTimeout: 11m }", "delivery.drainTimeout", "11m")]
    [InlineData("id: orders", "id: orders\nerrors: { policy: Skip }", "errors.policy", "Skip")]
    [InlineData("id: orders", "id: orders\nformat: { xml: {} }", "format.xml", "{...}")]
    [InlineData("id: orders", "id: orders\nformat: { json: { strict: true } }", "format.json.strict", "true")]
    [InlineData("topic: orders", "topic: a/b", "source.kafka.topic", "a/b")]
    [InlineData("topic: orders", "topic: ..", "source.kafka.topic", "..")]
    [InlineData("topic: orders", "topik: orders, topic: o", "source.kafka.topik", "orders")]
    [InlineData("topic: orders", "topic: o, start: middle", "source.kafka.start", "middle")]
    [InlineData("topic: orders", "topic: o, properties: [a]", "source.kafka.properties", "[...]")]
    [InlineData("topic: orders", "topic: o, properties: { a: [b] }", "source.kafka.properties.a", "[...]")]
    [InlineData("topic: orders", "topic: o, properties: { group.id: g }", "source.kafka.properties.group.id", null)]
    [InlineData("topic: orders", "topic: o, properties: { auto.offset.reset: latest }", "source.kafka.properties.auto.offset.reset", null)]
    [InlineData("topic: orders", "topic: o, properties: { sasl.password: hidden }", "source.kafka.properties.sasl.password", "***")]
    [InlineData("topic: orders", "topic: o, properties: { no.such.thing: 1 }", "source.kafka.properties.no.such.thing", "1")]
    [InlineData("a:9092, b:9092", "a:9092,b", "source.kafka.brokers", "a:9092,b")]
    [InlineData("type: UInt64", "type: [UInt64]", "mapping.columns[0].type", "[...]")]
    [InlineData("type: UInt64", "type: UInt65", "mapping.columns[0].type", "UInt65")]
    [InlineData("type: UInt64", "type: UInt64, missing: \"null\"", "mapping.columns[0].missing", "null")]
    [InlineData("type: UInt64", "type: UInt64, missing: never", "mapping.columns[0].missing", "never")]
    [InlineData("type: UInt64", "type: UInt64, path: a..b", "mapping.columns[0].path", "a..b")]
    [InlineData("{ columns: [ { name: n, type: UInt64 } ] }", "{ columns: [] }", "mapping.columns", null)]
    [InlineData("{ columns: [ { name: n, type: UInt64 } ] }", "{ columns: [ null ] }", "mapping.columns[0]", null)]
    [InlineData("table: orders", "table: \"\"", "sinks[0].clickhouse.table", "")]
    [InlineData("table: orders", "table: t, timeout: 10ms", "sinks[0].clickhouse.timeout", "10ms")]
    [InlineData("table: orders", "table: t, createTable: { orderBy: [] }", "sinks[0].clickhouse.createTable.orderBy", null)]
    [InlineData("table: orders", "table: t, createTable: {}", "sinks[0].clickhouse.createTable.orderBy", null)]
    [InlineData("table: orders", "table: t, settings: { async_insert: 1 }", "sinks[0].clickhouse.settings.async_insert", "1")]
    [InlineData("table: orders", "table: t, settings: { insert_deduplication_token: x }", "sinks[0].clickhouse.settings.insert_deduplication_token", "x")]
    [InlineData("table: orders", "table: t, settings: { query: SELECT 1 }", "sinks[0].clickhouse.settings.query", "SELECT 1")]
    [InlineData("table: orders", "table: t, settings: { password: hidden }", "sinks[0].clickhouse.settings.password", "***")]
    [InlineData("table: orders", "table: t, settings: { \"a&b\": 1 }", "sinks[0].clickhouse.settings.a&b", "1")]
    [InlineData("table: orders", "table: t, passwort: hidden", "sinks[0].clickhouse.passwort", "***")]
    [InlineData("table: orders", "table: t, password: [hidden]", "sinks[0].clickhouse.password", "***")]
    [InlineData("table: orders", "table: t, password: \"***\"", "sinks[0].clickhouse.password", "***")]
    [InlineData("http://ch:8123", "ch:8123", "sinks[0].clickhouse.url", "ch:8123")]
    [InlineData("http://ch:8123", "http://u:hidden@ch", "sinks[0].clickhouse.url", null)]
    [InlineData("http://ch:8123", "http://ch/?database=x", "sinks[0].clickhouse.url", "http://ch/?database=x")]
    [InlineData("sinks: [ { clickhouse", "sinks: [ { name: UPPER, clickhouse", "sinks[0].name", "UPPER")]
    [InlineData("sinks: [ { clickhouse", "sinks: [ { redis: {}, clickhouse", "sinks[0].redis", null)]
    public void Read_OneFault_IsToldWithPathAndValue(string from, string to, string path, string? value)
    {
        Assert.Contains(from, Minimal);
        var fault = Assert.Single(Faults(Minimal.Replace(from, to, StringComparison.Ordinal)));
        Assert.Equal((path, value), (fault.Path, fault.Value));
        Assert.False(string.IsNullOrWhiteSpace(fault.Rule));
    }

    [Theory]
    [InlineData("sinks: []", "sinks")]
    [InlineData("sinks: {}", "sinks")]
    [InlineData("sinks: { clickhouse: { url: \"http://ch\", table: t, password: hidden } }", "sinks")]
    [InlineData("sinks: [ {} ]", "sinks[0]")]
    [InlineData("sinks: [ { clickhouse: hidden } ]", "sinks[0].clickhouse.table sinks[0].clickhouse.url")]
    public void Read_SinksInTheWrongShape_IsToldWithoutWhatIsInThem(string sinks, string paths)
    {
        var faults = Faults(string.Join('\n', Minimal.Split('\n')[..^1]) + "\n" + sinks);
        Assert.Equal(paths, string.Join(' ', faults.Select(f => f.Path).Order()));
        Assert.DoesNotContain("hidden", string.Join('\n', faults));
    }

    [Fact]
    public void Read_FaultsOfAllKinds_AreToldTogether()
    {
        var faults = Faults("""
            id: UPPER
            colour: blue
            source: { kafka: { brokers: x, topic: t } }
            mapping: { columns: [ { name: a, type: Nope } ] }
            sinks: [ { clickhouse: { url: "http://ch", table: t, password: "***", timeout: soon } } ]
            delivery: { maxWait: 1ms }
            """);
        Assert.Equal(
            ["colour", "delivery.maxWait", "id", "mapping.columns[0].type", "sinks[0].clickhouse.password", "sinks[0].clickhouse.timeout", "source.kafka.brokers"],
            faults.Select(f => f.Path).Order());
    }

    [Fact]
    public void Read_MaskedSecret_IsTheOneOfTheVersionBefore()
    {
        var before = Read(WithPassword("first"));
        var after = Read(WithPassword("***"), before);
        Assert.Equal("first", ((ClickHouseSinkOptions)after.Options.Sinks[0].Options!).Password!.Reveal());
        Assert.Contains("first", after.ToJson());
        Assert.True(after.SameContent(before));
        Assert.False(Read(WithPassword("second"), before).SameContent(before));
    }

    [Fact]
    public void ToPublicJson_HidesSecretsAndShowsWhatHolds()
    {
        var text = Read(WithPassword("first")).ToPublicJson(DesiredState.Stopped, 7);
        Assert.DoesNotContain("first", text);
        Assert.Contains("\"password\":\"***\"", text);
        Assert.Contains("\"state\":\"stopped\"", text);
        Assert.Contains("\"replicas\":7", text);
    }

    [Fact]
    public void SameContent_StateAndReplicasAside_ComparesWhatIsSaid()
    {
        var document = Read(Minimal);
        Assert.True(Read(Minimal + "\nstate: stopped\nreplicas: 5").SameContent(document));
        Assert.True(Read("""{"sinks":[{"clickhouse":{"table":"orders","url":"http://ch:8123"}}],"mapping":{"columns":[{"type":"UInt64","name":"n"}]},"source":{"kafka":{"topic":"orders","brokers":"a:9092, b:9092"}},"id":"orders"}""").SameContent(document));
        Assert.False(Read(Minimal + "\ndescription: x").SameContent(document));
    }

    [Fact]
    public void Secret_InAnyText_IsMasked()
    {
        var sink = Read(WithPassword("first")).Options.Sinks[0].Options!;
        Assert.DoesNotContain("first", $"{sink}");
        Assert.Contains("***", $"{sink}");
    }

    [Fact]
    public void Read_EachDemoDocument_HasNoFault()
    {
        var files = Directory.GetFiles(Path.Combine(Checkout.Root, "deploy", "demo"), "*.yaml");
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.Equal(Path.GetFileNameWithoutExtension(file), Read(File.ReadAllText(file)).Options.Id));
    }

    private static string WithPassword(string password) => Minimal.Replace("table: orders", $"table: orders, password: \"{password}\"", StringComparison.Ordinal);

    private static PipelineDocument Read(string text, PipelineDocument? previous = null)
    {
        var faults = new FaultList();
        var document = PipelineDocument.Read(text, faults, previous);
        Assert.Empty(faults);
        return document!;
    }

    private static FaultList Faults(string text)
    {
        var faults = new FaultList();
        Assert.Null(PipelineDocument.Read(text, faults));
        Assert.NotEmpty(faults);
        return faults;
    }
}
