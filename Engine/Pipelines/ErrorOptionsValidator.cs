using ClickSink.Engine.Sources.Kafka;

namespace ClickSink.Engine.Pipelines;

/// <summary>The rules of <see cref="ErrorOptions"/> that go beyond types.</summary>
internal static class ErrorOptionsValidator
{
    public static void Validate(PipelineOptions pipeline, FaultList faults)
    {
        var letters = pipeline.Errors.DeadLetters;
        if (letters.Table is { } table && (table.Length is 0 or > 200 || table.Any(char.IsControl)))
            faults.Add("errors.deadLetters.table", table, "must be 1 to 200 characters without control characters");
        if (letters.Brokers is not null && letters.Topic is null) faults.Add(
            "errors.deadLetters.brokers", letters.Brokers, "is of use only with errors.deadLetters.topic");
        if (letters.Topic is { } topic)
        {
            KafkaSourceOptionsValidator.Validate(
                new KafkaSourceOptions { Brokers = letters.Brokers ?? "", Topic = topic }, "errors.deadLetters", faults);
            if (topic.Length == 0) faults.Add("errors.deadLetters.topic", "", "must not be empty");
            if (topic == pipeline.Source.Kafka?.Topic && (letters.Brokers ?? pipeline.Source.Kafka.Brokers) == pipeline.Source.Kafka.Brokers)
                faults.Add(
                    "errors.deadLetters.topic", topic,
                    "is the topic that the pipeline reads: every rejection would be read and rejected again");
        }

        if (letters.MaxPayload.Bytes is < 1024 or > 64 << 20) faults.Add(
            "errors.deadLetters.maxPayload", letters.MaxPayload.ToString(), "must be from 1KiB to 64MiB");
        if (pipeline.Errors.Budget is not { } budget) return;
        if (budget.Window < TimeSpan.FromSeconds(1) || budget.Window > TimeSpan.FromDays(1))
            faults.Add("errors.budget.window", Duration.Format(budget.Window), "must be from 1s to 1d");
        if (pipeline.Errors.Policy is ErrorPolicy.Stop && faults.Count == 0)
            faults.Add(
                "errors.budget", null, "is of use only with the policy skip or deadLetter: with stop the first rejection stops the pipeline");
    }
}
