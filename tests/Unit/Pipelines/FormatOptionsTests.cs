using ClickSink.Engine.Formats;
using ClickSink.Engine.Pipelines;
using Xunit;

namespace ClickSink.Tests.Unit.Pipelines;

/// <summary>What a document may say of its format, and what a format makes of the mapping's paths.</summary>
public sealed class FormatOptionsTests
{
    [Theory]
    [InlineData("{}", "json")]
    [InlineData("{ json: {} }", "json")]
    [InlineData("{ json: { schemaId: true } }", "json")]
    [InlineData("{ ndjson: {}, maxRows: 5, maxMessageBytes: 1MiB, maxDepth: 3, maxColumns: 10, maxDecodedBytes: 2MiB }", "ndjson")]
    [InlineData("{ csv: { delimiter: ';' } }", "csv")]
    [InlineData("{ tsv: { header: false, columns: [a] } }", "tsv")]
    [InlineData("{ avro: { schema: '{\"type\":\"map\",\"values\":\"int\"}' } }", "avro")]
    [InlineData("{ avro: { registry: { url: 'https://r:8081/apis/ccompat/v7', user: u, password: p, timeout: 2s } } }", "avro")]
    [InlineData("{ protobuf: { schema: 'message M {}', messageType: M } }", "protobuf")]
    [InlineData("{ protobuf: { registry: { url: 'http://r' } } }", "protobuf")]
    [InlineData("{ debezium: { truncate: ignore, decimals: base64 } }", "debezium", "$debezium.op")]
    [InlineData("{ debezium: { avro: { registry: { url: 'http://r' } } } }", "debezium")]
    [InlineData("{ raw: {} }", "raw", "$kafka.value")]
    public void Read_Format_IsChosenByItsKey(string format, string name, string path = "a")
    {
        var faults = new FaultList();
        var document = Read(format, faults, path);
        Assert.Empty(faults);
        Assert.Equal(name, FormatKinds.Of(document!.Options.Format).Kind.Name);
        Assert.NotNull(FormatKinds.All.Single(kind => kind.Name == name));
    }

    [Theory]
    [InlineData("{ json: {}, csv: {} }", "format", "a pipeline has one format, and json, csv are given; keep one of them")]
    [InlineData("{ xml: {} }", "format.xml", "unknown key")]
    [InlineData("{ maxDepth: 65 }", "format.maxDepth", "must be from 1 to 64")]
    [InlineData("{ maxMessageBytes: 10 }", "format.maxMessageBytes", "must be from 1KiB to 2GiB")]
    [InlineData("{ maxDecodedBytes: 4GiB }", "format.maxDecodedBytes", "must be from 1KiB to 2GiB")]
    [InlineData("{ maxRows: 0 }", "format.maxRows", "must be from 1 to")]
    [InlineData("{ maxColumns: 1 }", "mapping.columns", "at most 1 are expected; raise format.maxColumns if that is meant")]
    [InlineData("{ csv: { delimiter: xx } }", "format.csv.delimiter", "must be one ASCII sign")]
    [InlineData("{ csv: { quote: a } }", "format.csv.quote", "must be one ASCII sign")]
    [InlineData("{ csv: { quote: ',' } }", "format.csv.quote", "must be another sign than the delimiter")]
    [InlineData("{ csv: { header: false } }", "format.csv.columns", "is needed where header is false")]
    [InlineData("{ csv: { columns: [a] } }", "format.csv.columns", "names are given twice")]
    [InlineData("{ tsv: { header: false, columns: [a, b, a] } }", "format.tsv.columns[2]", "another field has this name")]
    [InlineData("{ csv: { header: false, columns: [b] } }", "mapping.columns[0].path", "no field of this name is in columns; known there: b")]
    [InlineData("{ csv: {} }", "mapping.columns[0].path", "must be the name of a field", "a.b")]
    [InlineData("{ avro: {} }", "format.avro", "needs either registry")]
    [InlineData("{ protobuf: {} }", "format.protobuf", "needs either registry")]
    [InlineData("{ protobuf: { schema: 'message M {}', messageType: N } }", "format.protobuf.messageType", "is no message type of the schema; known there: M")]
    [InlineData("{ protobuf: { schema: 'message M { X x = 1; }' } }", "format.protobuf.schema", "the type X of the field x of M is not declared")]
    [InlineData("{ protobuf: { messageType: M, registry: { url: 'http://r' } } }", "format.protobuf.messageType", "goes with schema")]
    [InlineData("{ debezium: { avro: {} } }", "format.debezium.avro", "needs either registry")]
    [InlineData("{ avro: { schema: '{}', registry: { url: 'http://r' } } }", "format.avro", "needs either registry")]
    [InlineData("{ avro: { schema: '{}' } }", "format.avro.schema", "a type lacks type")]
    [InlineData("{ avro: { schema: long } }", "format.avro.schema", "must be a record")]
    [InlineData("{ avro: { registry: {} } }", "format.avro.registry.url", "is required")]
    [InlineData("{ avro: { registry: { url: 'r:8081' } } }", "format.avro.registry.url", "must be the registry's address")]
    [InlineData("{ avro: { registry: { url: 'http://u:p@r' } } }", "format.avro.registry.url", "must not hold a user or password")]
    [InlineData("{ avro: { registry: { url: 'http://r?x=1' } } }", "format.avro.registry.url", "must have no query")]
    [InlineData("{ avro: { registry: { url: 'http://169.254.169.254/latest' } } }", "format.avro.registry.url", "must not be a link-local address")]
    [InlineData("{ avro: { registry: { url: 'http://[::ffff:169.254.169.254]/' } } }", "format.avro.registry.url", "must not be a link-local address")]
    [InlineData("{ avro: { registry: { url: 'http://r', tls: { ca: x } } } }", "format.avro.registry.url", "must begin with https")]
    [InlineData("{ avro: { registry: { url: 'https://r', tls: { ca: x } } } }", "format.avro.registry.tls.ca", "in PEM")]
    [InlineData("{ avro: { registry: { url: 'https://r', tls: { certificate: x } } } }", "format.avro.registry.tls.key", "given together")]
    [InlineData("{ avro: { registry: { url: 'https://r', tls: { certificate: x, key: y } } } }", "format.avro.registry.tls.certificate", "belong together")]
    [InlineData("{ avro: { registry: { url: 'http://r', password: p } } }", "format.avro.registry.user", "is needed where there is a password")]
    [InlineData("{ avro: { registry: { url: 'http://r', timeout: 2m } } }", "format.avro.registry.timeout", "must be from 100ms to 1m")]
    [InlineData("{ raw: {} }", "mapping.columns[0].path", "$kafka.value is all of it")]
    [InlineData("{ json: {} }", "mapping.columns[0].path", "choose the format debezium", "$debezium.op")]
    public void Read_Faults_AreToldWithTheirPath(string format, string path, string rule, string columnPath = "a")
    {
        var faults = new FaultList();
        Assert.Null(Read(format, faults, columnPath));
        Assert.Contains(rule, Assert.Single(faults, fault => fault.Path == path).Rule, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ csv: {} }", true)]
    [InlineData("{ raw: {} }", true)]
    [InlineData("{ ndjson: {} }", false)]
    public void Read_UnmappedFieldsOfFormatsWithoutObjects_AreAFault(string format, bool isFault)
    {
        var faults = new FaultList();
        Read(format, faults, "$kafka.key", "rest: o");
        Assert.Equal(isFault, faults.Any(fault => fault.Path == "mapping.rest"));
        faults = new FaultList();
        Read(format, faults, "$kafka.key", "unknown: reject");
        Assert.Equal(isFault, faults.Any(fault => fault.Path == "mapping.unknown"));
    }

    private static PipelineDocument? Read(string format, FaultList faults, string path, string more = "") => PipelineDocument.Read(
        $$"""
        id: p
        source: { kafka: { brokers: "b:1", topic: t } }
        format: {{format}}
        mapping:
          {{more}}
          columns:
            - { name: a, type: String, path: {{path}} }
            - { name: o, type: Int64, path: $kafka.offset }
        sinks: [{ clickhouse: { url: "http://localhost:8123", table: t } }]
        """,
        faults);
}
