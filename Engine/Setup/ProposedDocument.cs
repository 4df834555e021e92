using System.Text.Json.Nodes;
using ClickSink.Engine.Mapping;
using ClickSink.Engine.Pipelines;
using ClickSink.Engine.Sinks.ClickHouse;
using ClickSink.Engine.Sinks.ClickHouse.Tables;
using ClickSink.Engine.Sources.Kafka;

namespace ClickSink.Engine.Setup;

/// <summary>Writes a proposal as a pipeline document; what has its default is left out.</summary>
internal static class ProposedDocument
{
    // PipelineId's rule.
    private const int LongestName = 63;

    /// <summary>Writes it. Secrets are masked.</summary>
    public static JsonObject Write(SetupRequest request, MappingOptions mapping, TableProposal? table)
    {
        var document = new JsonObject { ["id"] = PipelineName(request), ["source"] = new JsonObject { ["kafka"] = Source(request.Kafka!) } };
        if (request.FormatText is { } format) document["format"] = format.DeepClone();
        document["mapping"] = new JsonObject { ["columns"] = new JsonArray([.. mapping.Columns.Select(Column)]) };
        if (request.Clickhouse is { } sink) document["sinks"] = new JsonArray(new JsonObject { ["clickhouse"] = Sink(sink, table) });
        return document;
    }

    private static string PipelineName(SetupRequest request)
    {
        if (PipelineId.IsValid(request.Id)) return request.Id!;
        var name = new string(
            [.. request.Kafka!.Topic.ToLowerInvariant().Select(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) ? c : '-')]);
        name = name[..Math.Min(name.Length, LongestName)].Trim('-');
        return PipelineId.IsValid(name) ? name : "pipeline";
    }

    private static JsonObject Source(KafkaSourceOptions kafka)
    {
        var source = new JsonObject { ["brokers"] = kafka.Brokers, ["topic"] = kafka.Topic };
        if (kafka.Properties.Count > 0) source["properties"] = Texts(kafka.Properties);
        return source;
    }

    private static JsonNode Column(ColumnMapping column)
    {
        var written = new JsonObject { ["name"] = column.Name, ["type"] = column.Type };
        if (column.Path is not null) written["path"] = column.Path;
        return written;
    }

    private static JsonObject Sink(ClickHouseSinkOptions sink, TableProposal? table)
    {
        var defaults = new ClickHouseSinkOptions();
        var written = new JsonObject { ["url"] = sink.Url };
        if (sink.Database != defaults.Database) written["database"] = sink.Database;
        written["table"] = sink.MainTable;
        if (sink.User != defaults.User) written["user"] = sink.User;
        if (sink.Password is not null) written["password"] = Secret.Mask;
        if (sink.Settings.Count > 0) written["settings"] = Texts(sink.Settings);
        if (table is null) return written;
        var made = new JsonObject { ["orderBy"] = new JsonArray([.. table.Options.OrderBy.Select(part => (JsonNode)part)]) };
        if (table.Options.PartitionBy is not null) made["partitionBy"] = table.Options.PartitionBy;
        written["createTable"] = made;
        return written;
    }

    private static JsonObject Texts(IReadOnlyDictionary<string, string> texts)
    {
        var written = new JsonObject();
        foreach (var (name, value) in texts) written[name] = value;
        return written;
    }
}
