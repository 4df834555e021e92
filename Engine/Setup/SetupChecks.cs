using ClickSink.Engine.Delivery;
using ClickSink.Engine.Delivery.Unknown;
using ClickSink.Engine.Formats;
using ClickSink.Engine.Mapping;
using ClickSink.Engine.Pipelines;
using ClickSink.Engine.Sinks.ClickHouse;
using ClickSink.Engine.Sinks.ClickHouse.Tables;
using ClickSink.Engine.Sources;
using ClickSink.Engine.Sources.Kafka;
using ClickSink.Engine.Sources.Kafka.Sampling;
using ClickSink.Engine.Transforms;
using Microsoft.Extensions.Logging;

namespace ClickSink.Engine.Setup;

/// <summary>
/// Checks what a pipeline needs against the servers themselves. Nothing is changed, and trouble is an answer, not an exception.
/// </summary>
public static class SetupChecks
{
    private const int MaxRejects = 20;
    private static readonly TimeSpan KafkaPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ClickHousePatience = TimeSpan.FromSeconds(10);

    /// <summary>Asks Kafka for its topics or, if one is named, for what is in it.</summary>
    public static Task<KafkaReport> KafkaAsync(KafkaSourceOptions source, CancellationToken cancellation) => Task.Run(
        () =>
        {
            try
            {
                if (source.Topic.Length == 0)
                {
                    var topics = KafkaTopics.List(source, KafkaPatience);
                    return new KafkaReport(true, $"Kafka answers; it has {topics.Count} topics", Topics: topics);
                }

                var partitions = KafkaTopics.Bounds(source, KafkaPatience);
                return new KafkaReport(
                    true, $"topic {source.Topic} has {partitions.Count} partitions with {partitions.Sum(p => p.Messages)} messages",
                    Partitions: partitions);
            }
            catch (SourceUnavailableException e)
            {
                return new KafkaReport(false, e.Message);
            }
        },
        cancellation);

    /// <summary>Asks a ClickHouse server what it is and which databases it has.</summary>
    public static async Task<ClickHouseReport> ClickHouseAsync(ClickHouseSinkOptions sink, CancellationToken cancellation)
    {
        try
        {
            using var inspector = Inspector(sink);
            var server = await inspector.ServerAsync(cancellation);
            var databases = await inspector.DatabasesAsync(cancellation);
            var hasDatabase = databases.Contains(sink.Database);
            var message = hasDatabase
                ? $"ClickHouse {server.Version} answers and has the database {sink.Database}"
                : $"ClickHouse {server.Version} answers, but has no database {sink.Database}, or the user {sink.User} may not see it: create it, grant access, or correct the sink's database";
            return new ClickHouseReport(hasDatabase, message, server.Version, server.TimeZone, databases);
        }
        catch (ClickHouseInquiryException e)
        {
            return new ClickHouseReport(false, e.Message);
        }
    }

    /// <summary>Compares the tables of a sink with the rows that they are to get.</summary>
    /// <param name="sink">The sink.</param>
    /// <param name="rows">The columns of its rows.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <returns>One report a table.</returns>
    public static async Task<IReadOnlyList<TableReport>> TablesAsync(
        ClickHouseSinkOptions sink, MappingPlan rows, CancellationToken cancellation)
    {
        using var inspector = Inspector(sink);
        var reports = new List<TableReport>();
        foreach (var target in ClickHouseTablePlan.All(sink, rows))
            reports.Add(await TableAsync(inspector, sink.Database, target, cancellation));
        return reports;
    }

    private static async Task<TableReport> TableAsync(
        ClickHouseInspector inspector, string database, ClickHouseTablePlan target, CancellationToken cancellation)
    {
        try
        {
            var table = await inspector.TableAsync(database, target.Table, cancellation);
            IReadOnlyList<TableDifference> differences = table is not null
                ? TableCheck.Compare(table, target.Columns)
                : [TableCheck.Missing(target, (await inspector.ServerAsync(cancellation)).HasWindow)];
            var errors = differences.Count(difference => difference.Severity is DifferenceSeverity.Error);
            var message = table is null ? differences[0].Message
                : errors > 0 ? $"{target.Name} does not fit: {errors} of {differences.Count} differences keep rows from being stored"
                : $"{target.Name} fits{(differences.Count == 0 ? "" : $"; {differences.Count} differences do not keep rows from being stored")}";
            return new TableReport(errors == 0, message, table, differences);
        }
        catch (ClickHouseInquiryException e)
        {
            return new TableReport(false, e.Message, null, []);
        }
    }

    /// <summary>Decodes sampled messages as a pipeline would.</summary>
    public static MessageReport Decode(PipelineOptions options, IReadOnlyList<SampledMessage> messages)
    {
        var plan = PipelinePlan.Compile(options, version: 1, generation: 1);
        using var decoder = plan.CreateDecoder(TimeProvider.System, UnknownFieldGuard.For(plan.Mapping));
        using var block = plan.Layout.CreateRows();
        var topic = System.Text.Encoding.UTF8.GetBytes(plan.Topic);
        var rejects = new List<MessageReject>();
        var (rows, rejected) = (0, 0);
        foreach (var message in messages)
        {
            if (!decoder.TryDecode(Restore(message, topic), block, out var fault))
            {
                rejected++;
                if (rejects.Count < MaxRejects)
                    rejects.Add(new MessageReject(message.Partition, message.Offset, fault.Column, fault.Reason));
            }

            for (var row = 0; row < block.Rows; row++) rows += block.GetRoutes(row) == StagedRows.Dropped ? 0 : 1;
            block.Clear();
        }

        var text = rejected == 0
            ? $"{messages.Count} sampled messages make {rows} rows"
            : $"{rejected} of {messages.Count} sampled messages are rejected";
        return new MessageReport(rejected == 0, text, messages.Count, rows, rejects);
    }

    /// <summary>Checks a whole document: servers, topic, table, and what becomes of the topic's newest messages.</summary>
    public static async Task<SetupReport> DocumentAsync(
        PipelineOptions options, SampleOptions sample, ILogger logger, CancellationToken cancellation)
    {
        var request = SetupRequestReader.From(options);
        var kafka = KafkaAsync(request.Kafka!, cancellation);
        var clickHouse = ClickHouseAsync(request.Clickhouse!, cancellation);
        await Task.WhenAll(kafka, clickHouse);
        var (source, server) = (await kafka, await clickHouse);
        var rows = PipelinePlan.Compile(options, version: 1, generation: 1).Layout.Output;
        var tables = server.Version is null ? [] : await TablesAsync(request.Clickhouse!, rows, cancellation);
        MessageReport? messages = null;
        if (source.Ok && source.Partitions!.Any(p => p.Messages > 0))
        {
            try
            {
                var taken = await Task.Run(() => KafkaSampler.Take(request.Kafka!, sample, logger, cancellation), cancellation);
                messages = Decode(options, taken.Messages);
            }
            catch (SourceUnavailableException e)
            {
                source = new KafkaReport(false, e.Message);
            }
        }

        var isFit = tables.Count > 0 && tables.All(table => table.Ok);
        return new SetupReport(source.Ok && server.Ok && isFit && messages is not { Ok: false }, source, server, tables, messages);
    }

    /// <summary>An inspector of a sink's server, with the patience of somebody who waits for the answer.</summary>
    public static ClickHouseInspector Inspector(ClickHouseSinkOptions sink) =>
        new(sink, sink.Timeout < ClickHousePatience ? sink.Timeout : ClickHousePatience);

    /// <summary>The columns that rows of a validated mapping have for sinks.</summary>
    public static MappingPlan Compile(MappingOptions mapping)
    {
        var faults = new List<Fault>();
        return MappingPlan.TryCompile(mapping, out var plan, faults)
            ? new RowLayout(plan, []).Output
            : throw new ArgumentException(string.Join("; ", faults), nameof(mapping));
    }

    private static Message Restore(SampledMessage message, byte[] topic) => new()
    {
        Value = message.Value,
        IsNull = message.Value is null,
        Key = message.Key,
        Topic = topic,
        Partition = message.Partition,
        Offset = message.Offset,
        TimestampMilliseconds = message.TimestampMilliseconds,
    };
}
