namespace ClickSink.Tests.EndToEnd.Stage;

/// <summary>A pipeline document as a test writes it, with what tests vary.</summary>
public sealed record Document
{
    public required string Id { get; init; }

    public required string Brokers { get; init; }

    public required string Topic { get; init; }

    public required Uri ClickHouse { get; init; }

    public required string Table { get; init; }

    public string Database { get; init; } = "default";

    public string? Password { get; init; }

    public string State { get; init; } = "started";

    public int Replicas { get; init; } = 1;

    public string Policy { get; init; } = "stop";

    /// <summary>Further keys of <c>errors</c>, each beginning with a comma.</summary>
    public string Errors { get; init; } = "";

    /// <summary>The transforms, as YAML on one line.</summary>
    public string Transforms { get; init; } = "[]";

    /// <summary>The tables of routes, as YAML on one line, in place of the one table.</summary>
    public string? Tables { get; init; }

    public int MaxRows { get; init; } = 2000;

    public string DrainTimeout { get; init; } = "20s";

    public bool CreateTable { get; init; } = true;

    public string? Unknown { get; init; }

    public string? Rest { get; init; }

    public int MaxAdded { get; init; } = 100;

    public IReadOnlyList<string> Columns { get; init; } =
    [
        "{ name: seq, type: UInt64, missing: reject }",
        "{ name: ts, type: \"DateTime64(3, 'UTC')\", missing: reject }",
        "{ name: plan, type: LowCardinality(String), path: user.plan }",
        "{ name: kafka_partition, type: Int32, path: $kafka.partition }",
        "{ name: kafka_offset, type: Int64, path: $kafka.offset }",
    ];

    /// <summary>The document. Waits are short, so that a test that repairs something need not wait for the next attempt.</summary>
    public string ToYaml() => $$"""
        id: {{Id}}
        state: {{State}}
        replicas: {{Replicas}}
        source:
          kafka:
            brokers: {{Brokers}}
            topic: {{Topic}}
            properties: { api.version.request: "false", broker.version.fallback: 0.9.0.1 }
        mapping:
          unknown: {{Unknown ?? "null"}}
          rest: {{Rest ?? "null"}}
          maxAdded: {{MaxAdded}}
          columns:
            - {{string.Join("\n    - ", Columns)}}
        transforms: {{Transforms}}
        sinks:
          - clickhouse:
              url: {{ClickHouse.GetLeftPart(UriPartial.Authority)}}
              database: {{Database}}
              table: {{(Tables is null ? Table : "null")}}
              tables: {{Tables ?? "[]"}}
              password: {{(Password is null ? "null" : $"\"{Password}\"")}}
              createTable: {{(CreateTable && Tables is null ? "{ orderBy: [seq] }" : "null")}}
        delivery: { maxRows: {{MaxRows}}, maxWait: 200ms, memory: 64MiB, retryInitial: 50ms, retryMax: 500ms, drainTimeout: {{DrainTimeout}} }
        errors: { policy: {{Policy}}{{Errors}} }
        """;
}
