using System.CommandLine;
using ClickSink.Cli.Output;

namespace ClickSink.Cli.Commands;

/// <summary>cluster, events, assignments: what runs where, and what happened.</summary>
internal static class ClusterCommands
{
    private static readonly Argument<string?> Pipeline = new("pipeline") { Description = "Id of a pipeline; all of them by default", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<int> Limit = new("--limit", "-n") { Description = "How many at most, up to 1000", DefaultValueFactory = _ => 50 };
    private static readonly Option<long?> Before = new("--before") { Description = "Only events with a smaller number, for the next page" };

    public static IEnumerable<Command> All()
    {
        var cluster = new Command("cluster", "List the silos: status, version, and the replicas on each") { CommonOptions.Output };
        cluster.OnServer(async (api, parsed, cancellation) =>
        {
            var found = await api.GetClusterAsync(cancellation);
            if (parsed.GetValue(CommonOptions.Output) is OutputFormat.Table) ClusterPrinter.Cluster(found);
            else Printer.Data(found, parsed.GetValue(CommonOptions.Output));
            return ExitCode.Done;
        });
        yield return cluster;

        var events = new Command("events", "Tell what happened, newest first: who did what, moves, troubles") { Pipeline, Limit, Before, CommonOptions.Output };
        events.OnServer(async (api, parsed, cancellation) =>
        {
            var page = await api.GetEventsAsync(parsed.GetValue(Pipeline), parsed.GetValue(Limit), parsed.GetValue(Before), cancellation);
            if (parsed.GetValue(CommonOptions.Output) is OutputFormat.Table) ClusterPrinter.Events(page);
            else Printer.Data(page, parsed.GetValue(CommonOptions.Output));
            return ExitCode.Done;
        });
        yield return events;

        var assignments = new Command("assignments", "Tell which replica has which partitions, on which silo, and how far each is") { CommonOptions.Id, CommonOptions.Output };
        assignments.OnServer(async (api, parsed, cancellation) =>
        {
            var found = await api.GetAssignmentsAsync(parsed.GetValue(CommonOptions.Id)!, cancellation);
            if (parsed.GetValue(CommonOptions.Output) is OutputFormat.Table) ClusterPrinter.Assignments(found);
            else Printer.Data(found, parsed.GetValue(CommonOptions.Output));
            return ExitCode.Done;
        });
        yield return assignments;
    }
}
