using System.Text.RegularExpressions;
using ClickSink.Engine.Pipelines;

namespace ClickSink.Engine.Sources.Kafka;

/// <summary>The rules of <see cref="KafkaSourceOptions"/> that go beyond types.</summary>
internal static partial class KafkaSourceOptionsValidator
{
    // What exactly once rests on: these are set by KafkaConsumer and by nobody else.
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "bootstrap.servers", "metadata.broker.list", "group.id", "enable.auto.commit", "auto.commit.enable", "enable.auto.offset.store", "auto.offset.reset",
        "enable.partition.eof", "queued.max.messages.kbytes", "isolation.level", "plugin.library.paths",
    };

    public static void Validate(KafkaSourceOptions options, string path, FaultList faults)
    {
        if (options.Brokers.Length > 0)
        {
            foreach (var broker in options.Brokers.Split(','))
            {
                if (!BrokerPattern().IsMatch(broker.Trim())) faults.Add($"{path}.brokers", options.Brokers, "must be host:port, several separated by commas");
            }
        }

        if (options.Topic.Length > 0 && (!TopicPattern().IsMatch(options.Topic) || options.Topic is "." or ".."))
            faults.Add($"{path}.topic", options.Topic, "must be 1 to 249 letters, digits, dots, underscores and hyphens");

        foreach (var (name, value) in options.Properties)
        {
            if (Reserved.Contains(name)) faults.Add($"{path}.properties.{name}", null, "is set by ClickSink itself; remove it");
            else if (Secret.IsNameOfOne(name)) faults.Add($"{path}.properties.{name}", Secret.Mask, "is a secret and would be shown here; it has no place in properties");
            else if (KafkaProperties.Check(name, value) is { } fault) faults.Add($"{path}.properties.{name}", value, fault);
        }
    }

    [GeneratedRegex(@"^(\[[0-9a-fA-F:]+\]|[A-Za-z0-9._-]+):\d{1,5}$")]
    private static partial Regex BrokerPattern();

    [GeneratedRegex("^[A-Za-z0-9._-]{1,249}$")]
    private static partial Regex TopicPattern();
}
