using Confluent.Kafka;

namespace ClickSink.Engine.Sources.Kafka;

/// <summary>
/// Clients that only ask about topics: one for all pipelines that have the same brokers and properties. A client of its own for each question would cost more
/// than all else that an idle pipeline does: threads, a connection, and 14 ms of a core (200 pipelines, librdkafka 2.0.2).
/// </summary>
internal static class MetadataClients
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(3);
    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, SharedClient> Clients = new(StringComparer.Ordinal);

    /// <summary>Asks about the topic.</summary>
    /// <exception cref="KafkaException">No broker answers.</exception>
    /// <exception cref="InvalidOperationException">A property is refused by librdkafka.</exception>
    public static TopicMetadata Ask(KafkaSourceOptions options, TimeSpan timeout)
    {
        var properties = KafkaProperties.ForClient(options);
        var key = string.Join('\n', properties.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}={p.Value}"));
        var client = Rent(key, properties);
        var failed = true;
        try
        {
            var topic = client.Admin.GetMetadata(options.Topic, timeout).Topics.Single();
            failed = false;
            return topic;
        }
        finally
        {
            Return(key, client, failed);
        }
    }

    private static SharedClient Rent(string key, Dictionary<string, string> properties)
    {
        List<SharedClient> old = [];
        try
        {
            lock (Gate)
            {
                foreach (var (other, client) in Clients.Where(c => c.Value.Users == 0 && TimeProvider.System.GetElapsedTime(c.Value.UsedAt) > KeptFor).ToList())
                {
                    Clients.Remove(other);
                    old.Add(client);
                }

                if (!Clients.TryGetValue(key, out var shared)) Clients[key] = shared = new SharedClient(properties);
                shared.Users++;
                return shared;
            }
        }
        finally
        {
            // Closing one waits for its threads.
            old.ForEach(client => client.Admin.Dispose());
        }
    }

    private static void Return(string key, SharedClient client, bool failed)
    {
        bool isLast;
        lock (Gate)
        {
            client.UsedAt = TimeProvider.System.GetTimestamp();
            // One that got no answer is not kept: the next question begins with a fresh connection instead of an old one's pause.
            if (failed && Clients.GetValueOrDefault(key) == client) Clients.Remove(key);
            isLast = --client.Users == 0 && Clients.GetValueOrDefault(key) != client;
        }

        if (isLast) client.Admin.Dispose();
    }

    private sealed class SharedClient(Dictionary<string, string> properties)
    {
        public IAdminClient Admin { get; } = new AdminClientBuilder(properties).SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();

        public int Users { get; set; }

        public long UsedAt { get; set; }
    }
}
