using ClickSink.Engine.Delivery;
using ClickSink.Engine.Sinks;
using ClickSink.Engine.Sources.Kafka;
using ClickSink.Engine.Transforms;

namespace ClickSink.Engine.Pipelines;

/// <summary>The rules of a document that go beyond types: its own, and those of each part.</summary>
internal static class PipelineOptionsValidator
{
    public static void Validate(PipelineOptions options, FaultList faults)
    {
        if (options.Id.Length > 0 && !PipelineId.IsValid(options.Id)) faults.Add("id", options.Id, PipelineId.Rule);
        ValidateSource(options, faults);
        TransformPlan.TryCompile(options, out var transforms, faults);
        FormatOptionsValidator.Validate(options.Format, ExplodePlan.WithoutElements(options.Mapping), faults);
        ValidateSinks(options, transforms, faults);
        ValidateDelivery(options.Delivery, faults);
        ErrorOptionsValidator.Validate(options, faults);
    }

    private static void ValidateSource(PipelineOptions options, FaultList faults)
    {
        if (options.Source.Kafka is { } kafka) KafkaSourceOptionsValidator.Validate(kafka, "source.kafka", faults);
        else if (!faults.Any(f => f.Path.StartsWith("source", StringComparison.Ordinal))) faults.Add("source", null, "needs the key kafka");
    }

    private static void ValidateSinks(PipelineOptions options, TransformPlan? transforms, FaultList faults)
    {
        if (options.Sinks.Count != 1 && !faults.Any(f => f.Path == "sinks")) faults.Add("sinks", null, $"exactly one sink is expected, {options.Sinks.Count} were found");
        for (var i = 0; i < options.Sinks.Count; i++)
        {
            var sink = options.Sinks[i];
            if (sink.Name.Length > 0 && !PipelineId.IsValid(sink.Name)) faults.Add($"sinks[{i}].name", sink.Name, PipelineId.Rule);
            if (sink.Options is null) continue;
            SinkKinds.All[sink.Kind].Validate(sink.Options, $"sinks[{i}].{sink.Kind}", faults);
            if (transforms is not null) SinkKinds.All[sink.Kind].CheckRows(sink.Options, $"sinks[{i}].{sink.Kind}", transforms, faults);
        }
    }

    private static void ValidateDelivery(DeliveryOptions delivery, FaultList faults)
    {
        RequireAtLeast(delivery.MaxBytes, ByteSize.FromMiB(1), "delivery.maxBytes", faults);
        RequireAtLeast(delivery.Memory, ByteSize.FromMiB(16), "delivery.memory", faults);
        RequireBetween(delivery.MaxWait, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(10), "delivery.maxWait", faults);
        RequireBetween(delivery.RetryInitial, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1), "delivery.retryInitial", faults);
        RequireBetween(delivery.RetryMax, delivery.RetryInitial, TimeSpan.FromMinutes(10), "delivery.retryMax", faults);
        RequireBetween(delivery.DrainTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10), "delivery.drainTimeout", faults);
    }

    private static void RequireAtLeast(ByteSize value, ByteSize least, string path, FaultList faults)
    {
        if (value.Bytes < least.Bytes) faults.Add(path, value.ToString(), $"must be at least {least}");
    }

    private static void RequireBetween(TimeSpan value, TimeSpan least, TimeSpan most, string path, FaultList faults)
    {
        if (value < least || value > most) faults.Add(path, Duration.Format(value), $"must be from {Duration.Format(least)} to {Duration.Format(most)}");
    }
}
