using System.CommandLine;
using System.Text.Json.Nodes;
using ClickSink.Cli.Api;

namespace ClickSink.Cli.Commands;

/// <summary>What commands take that ask servers before there is a pipeline. The silo asks, since it is what has to reach them.</summary>
internal static class SetupOptions
{
    public static Option<string> Brokers { get; } = new("--brokers", "-b") { Description = "Kafka's brokers: host:port, several separated by commas", Required = true };

    public static Option<string> Topic { get; } = new("--topic", "-t") { Description = "The topic", Required = true };

    public static Option<string[]> Properties { get; } = new("--property", "-X") { Description = "A setting of librdkafka as name=value; may be given several times" };

    public static Option<int> Count { get; } = new("--count", "-n") { Description = "How many messages, up to 10000", DefaultValueFactory = _ => 100 };

    public static Option<string> From { get; } = FromOption();

    public static Option<string> Timeout { get; } = new("--timeout") { Description = "How long sampling may take, such as 10s", DefaultValueFactory = _ => "10s" };

    /// <summary>The part <c>kafka</c> of a request.</summary>
    public static JsonObject Kafka(ParseResult parsed)
    {
        var kafka = new JsonObject { ["brokers"] = parsed.GetValue(Brokers), ["topic"] = parsed.GetValue(Topic) };
        if (parsed.GetValue(Properties) is not { Length: > 0 } properties) return kafka;
        var written = new JsonObject();
        foreach (var property in properties)
        {
            var at = property.IndexOf('=');
            if (at <= 0)
                throw new ApiException(ExitCode.Usage, $"--property: '{property}' must be name=value, such as api.version.request=false");
            written[property[..at]] = property[(at + 1)..];
        }

        kafka["properties"] = written;
        return kafka;
    }

    /// <summary>The part <c>sample</c> of a request.</summary>
    public static JsonObject Sample(ParseResult parsed) =>
        new() { ["count"] = parsed.GetValue(Count), ["from"] = parsed.GetValue(From), ["timeout"] = parsed.GetValue(Timeout) };

    private static Option<string> FromOption()
    {
        var option = new Option<string>("--from") { Description = "Which messages: latest, earliest, or spread over the topic", DefaultValueFactory = _ => "latest" };
        option.AcceptOnlyFromAmong("latest", "earliest", "spread");
        return option;
    }
}
