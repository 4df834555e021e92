using ClickSink.Engine.Mapping;
using ClickSink.Engine.Pipelines;
using ClickSink.Engine.Sinks.ClickHouse;
using ClickSink.Engine.Sources.Kafka;

namespace ClickSink.Engine.Setup;

/// <summary>Reads a <see cref="SetupRequest"/>: as strictly as a document, but only for what a question needs.</summary>
public static class SetupRequestReader
{
    /// <summary>Reads a request.</summary>
    /// <param name="text">YAML, or JSON when it begins with a brace.</param>
    /// <param name="needs">What must be there.</param>
    /// <param name="faults">Receives everything that is wrong with it.</param>
    /// <returns>The request, or null when there are faults.</returns>
    public static SetupRequest? Read(string text, SetupNeeds needs, FaultList faults)
    {
        if (DocumentText.Parse(text, faults) is not { } tree) return null;
        var bound = new FaultList();
        var binder = new DocumentBinder(bound, new Dictionary<string, Type>());
        var request = (SetupRequest)binder.BindObject(tree, typeof(SetupRequest), "");
        // A document must name the topic; a question about the cluster as a whole need not.
        faults.AddRange(bound.Where(fault => !(fault is { Path: "kafka.topic", Value: null } && !needs.HasFlag(SetupNeeds.Topic))));
        foreach (var secret in binder.Secrets.Where(secret => secret.ToString() == Secret.Mask))
            faults.Add(
                secret.GetPath().TrimStart('$', '.'), Secret.Mask,
                "stands for a secret that is kept, and here none is: write the secret itself, or ask with the id of the pipeline");
        Validate(request, needs, faults);
        foreach (var secret in binder.Secrets) secret.ReplaceWith(Secret.Mask);
        return faults.Count > 0 ? null : request with { FormatText = tree["format"] };
    }

    /// <summary>The request that a document stands for.</summary>
    public static SetupRequest From(PipelineOptions options) => new()
    {
        Id = options.Id,
        Kafka = options.Source.Kafka,
        Format = options.Format,
        Mapping = options.Mapping,
        Clickhouse = options.Sinks.Select(sink => sink.Options).OfType<ClickHouseSinkOptions>().FirstOrDefault(),
    };

    private static void Validate(SetupRequest request, SetupNeeds needs, FaultList faults)
    {
        if (request.Kafka is { } kafka) KafkaSourceOptionsValidator.Validate(kafka, "kafka", faults);
        else if (needs.HasFlag(SetupNeeds.Brokers))
            faults.Add("kafka", null, "is required: brokers, topic and properties as in source.kafka of a document");
        if (request.Clickhouse is { } clickHouse)
        {
            var found = new FaultList();
            ClickHouseSinkOptionsValidator.Validate(clickHouse, "clickhouse", found);
            // Nor does a question about the server as a whole need a table.
            faults.AddRange(
                found.Where(fault => !(fault is { Path: "clickhouse.table", Value: null } && !needs.HasFlag(SetupNeeds.Table))));
        }
        else if (needs.HasFlag(SetupNeeds.ClickHouse))
            faults.Add("clickhouse", null, "is required: url, database, table, user and password as in a sink of a document");
        request.Sample.Validate("sample", faults);
        FormatOptionsValidator.Validate(request.Format, request.Mapping ?? new MappingOptions(), faults);
        if (needs.HasFlag(SetupNeeds.Fields) && SampleRows.WhyNot(request.Format) is { } why) faults.Add("format", null, why);
        if (request.Mapping is null)
        {
            if (needs.HasFlag(SetupNeeds.Mapping)) faults.Add("mapping", null, "is required: the columns, as in mapping of a document");
            return;
        }

        var wrong = new List<Fault>();
        MappingPlan.TryCompile(request.Mapping, out _, wrong);
        foreach (var fault in wrong) faults.Add($"mapping.{fault.Path}", fault.Value, fault.Rule);
    }
}
