using System.CommandLine;
using System.Globalization;
using ClickSink.Servers.Kafka;

namespace ClickSink.Servers.Commands;

/// <summary><c>servers topic</c>: creates topics, which no Kafka 0.9 client can.</summary>
internal static class TopicCommand
{
    public static Command Create()
    {
        var names = new Argument<string[]>("topic") { Description = "The names of the topics.", Arity = ArgumentArity.OneOrMore };
        var data = SetFiles.DataOption();
        var partitions = new Option<int>("--partitions") { Description = "How many partitions each has.", DefaultValueFactory = _ => 1 };
        var delete = new Option<bool>("--delete") { Description = "Delete the topics first, where they exist." };
        var command = new Command("topic", "Create topics on the Kafka server of a data folder.") { names, data, partitions, delete };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var variables = SetFiles.ReadVariables(Path.GetFullPath(parsed.GetValue(data)!));
            if (!variables.TryGetValue("CLICKSINK_KAFKA", out var broker))
                throw new ServerException($"There is no Kafka among the servers of {parsed.GetValue(data)}. Add kafka to `servers up`.");
            var topics = new KafkaTopics(Port(broker.Split(':')[1]), Port(variables["CLICKSINK_ZOOKEEPER_PORT"]));
            foreach (var name in parsed.GetValue(names)!)
            {
                if (parsed.GetValue(delete))
                    await topics.DeleteAsync(name, cancellationToken);
                await topics.CreateAsync(name, parsed.GetValue(partitions), cancellationToken);
            }

            return 0;
        });
        return command;
    }

    private static int Port(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
