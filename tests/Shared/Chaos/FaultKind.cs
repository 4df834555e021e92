namespace ClickSink.Tests.Shared.Chaos;

/// <summary>What can be done to a cluster under load.</summary>
public enum FaultKind
{
    /// <summary>SIGKILL a silo; it stays away until it is started.</summary>
    KillSilo,

    /// <summary>SIGSTOP a silo for 20 s: long enough to be declared dead, after which it goes on as a zombie.</summary>
    FreezeSilo,

    /// <summary>Start a silo that is away.</summary>
    StartSilo,

    /// <summary>Stop a silo in order.</summary>
    StopSilo,

    /// <summary>Restart PostgreSQL.</summary>
    RestartPostgres,

    /// <summary>Restart Kafka and ZooKeeper.</summary>
    RestartKafka,

    /// <summary>SIGKILL ClickHouse and start it again.</summary>
    KillClickHouse,

    /// <summary>Cut a silo's connections to PostgreSQL, Kafka or ClickHouse.</summary>
    CutConnections,

    /// <summary>Give a pipeline another number of replicas.</summary>
    Scale,

    /// <summary>Add columns to a pipeline's mapping, or take some out.</summary>
    EditMapping,
}
