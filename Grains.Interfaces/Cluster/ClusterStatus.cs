namespace ClickSink.Grains.Interfaces.Cluster;

/// <summary>The cluster at one moment.</summary>
/// <param name="Silos">Its silos: active ones first, then those that start, stop or are dead, each by address.</param>
/// <param name="Pipelines">How many pipelines there are.</param>
/// <param name="Unanswered">Pipelines that did not answer, so that their replicas are not counted.</param>
public sealed record ClusterStatus(SiloView[] Silos, int Pipelines, string[] Unanswered);
