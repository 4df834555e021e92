using System.Text;
using ClickSink.Engine.Pipelines;
using ClickSink.Engine.Setup;
using ClickSink.Engine.Sources.Kafka.Sampling;
using Xunit;

namespace ClickSink.Tests.Unit.Transforms;

public sealed class DryRunTests
{
    private const string Document = """
        id: p
        source: { kafka: { brokers: "b:1", topic: t } }
        mapping:
          columns:
            - { name: id, type: UInt64, missing: reject }
            - { name: price, type: "Decimal(9, 2)" }
            - { name: at, type: "DateTime64(3, 'UTC')" }
            - { name: tags, type: "Array(LowCardinality(String))" }
            - { name: attributes, type: "Map(String, Int32)" }
            - { name: note, type: Nullable(String) }
            - { name: level, type: "Enum8('low' = 1, 'high' = 2)" }
            - { name: secret, type: String, stored: false }
            - { name: key, type: String, path: $kafka.key }
        transforms:
          - filter: secret != "no"
          - derive: { name: gross, type: "Decimal(9, 2)", value: price * 2 }
          - derive: { name: inverse, type: Int64, value: 100 / int(id) }
          - route: { rules: [{ when: "level == \"high\"", to: [high, all] }], otherwise: [all] }
        sinks:
          - clickhouse:
              url: http://localhost:8123
              tables: [{ route: high, table: high }, { route: all, table: everything, columns: [id, gross] }]
        """;

    [Fact]
    public void Try_MessagesOfAllKinds_TellsRowsRoutesRejectsAndWhatIsLeftOut()
    {
        var report = Try(
            """{"id":5,"price":"1.50","at":"2026-11-21T10:11:12.345Z","tags":["a","b"],"attributes":{"x":1},"level":"high","secret":"s"}""",
            """{"id":6,"secret":"no"}""",
            """{"id":0}""",
            "not JSON",
            """[{"id":18446744073709551615,"note":"n","level":"low"},{"id":7,"secret":"no"},{"id":8,"level":"high"}]""");
        Assert.Equal(5, report.Messages);
        Assert.Equal(["id", "price", "at", "tags", "attributes", "note", "level", "key", "gross", "inverse"], report.Columns);
        Assert.Equal([1], report.LeftOut);
        Assert.Equal([(2, "inverse"), (3, null), (4, "inverse")], report.Rejected.Select(reject => (reject.Message, reject.Column)));
        Assert.Contains("division by zero in 100 / int(id) (id = 0)", report.Rejected[0].Reason);
        Assert.Equal("transforms[2].derive", report.Rejected[0].Path);
        var row = Assert.Single(report.Rows);
        Assert.Equal(["high", "all"], row.Routes);
        Assert.Equal(
            """{"id":5,"price":"1.50","at":"2026-11-21T10:11:12.345Z","tags":["a","b"],"attributes":[["x",1]],"note":null,"level":"high","key":"k","gross":"3.00","inverse":20}""",
            row.Values.ToJsonString());
    }

    [Fact]
    public void Try_SeveralRowsOfAMessage_AreNumberedByTheirMessage()
    {
        var report = Try("""[{"id":1},{"id":2,"secret":"no"},{"id":3,"level":"high"}]""");
        Assert.Equal([(0, "1", "all"), (0, "3", "high,all")], report.Rows.Select(row => (row.Message, row.Values["id"]!.ToString(), string.Join(",", row.Routes))));
        Assert.Empty(report.LeftOut);
    }

    private static DryRunReport Try(params string[] messages)
    {
        var faults = new FaultList();
        var document = PipelineDocument.Read(Document, faults);
        Assert.True(document is not null, string.Join("; ", faults));
        return DryRun.Try(document.Options, [.. messages.Select((text, i) => new SampledMessage(0, i, 0, "k"u8.ToArray(), Encoding.UTF8.GetBytes(text)))]);
    }
}
