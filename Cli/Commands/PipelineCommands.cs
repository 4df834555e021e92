using System.CommandLine;
using ClickSink.Cli.Output;

namespace ClickSink.Cli.Commands;

/// <summary>get, list, status, start, stop, pause, resume, scale, rewind, delete.</summary>
internal static class PipelineCommands
{
    public static IEnumerable<Command> All()
    {
        var list = new Command("list", "List the pipelines and what they are doing") { CommonOptions.Output };
        list.OnServer(async (api, parsed, cancellation) =>
        {
            var pipelines = await api.ListAsync(cancellation);
            if (parsed.GetValue(CommonOptions.Output) is OutputFormat.Table) Printer.List(pipelines);
            else Printer.Data(pipelines, parsed.GetValue(CommonOptions.Output));
            return ExitCode.Done;
        });
        yield return list;

        var get = new Command("get", "Print the document of a pipeline, secrets masked") { CommonOptions.Id, CommonOptions.Output };
        get.OnServer(async (api, parsed, cancellation) =>
        {
            Printer.Document(await api.GetAsync(parsed.GetValue(CommonOptions.Id)!, cancellation), parsed.GetValue(CommonOptions.Output));
            return ExitCode.Done;
        });
        yield return get;

        var status = new Command("status", "Tell what a pipeline is doing: rates, lag, replicas, trouble") { CommonOptions.Id, CommonOptions.Output };
        status.OnServer(async (api, parsed, cancellation) =>
        {
            var found = await api.GetStatusAsync(parsed.GetValue(CommonOptions.Id)!, cancellation);
            if (parsed.GetValue(CommonOptions.Output) is OutputFormat.Table) Printer.Status(found);
            else Printer.Data(found, parsed.GetValue(CommonOptions.Output));
            return ExitCode.Done;
        });
        yield return status;

        yield return StateCommand("start", "started", "Start a pipeline; one that stopped in front of a fault tries again");
        yield return StateCommand("stop", "stopped", "Stop a pipeline after the blocks in hand are written");
        yield return StateCommand("pause", "paused", "Stop a pipeline for a while, and have it shown as that");
        yield return StateCommand("resume", "started", "Let a paused pipeline go on where it was");
        yield return ScaleCommand();
        yield return RewindCommand.Create();

        var delete = new Command("delete", "Drain a pipeline and forget it, its versions and its progress; stored rows stay") { CommonOptions.Id };
        delete.OnServer(async (api, parsed, cancellation) =>
        {
            var id = parsed.GetValue(CommonOptions.Id)!;
            await api.DeleteAsync(id, cancellation);
            Console.Out.WriteLine($"{id} is being deleted");
            return ExitCode.Done;
        });
        yield return delete;
    }

    private static Command ScaleCommand()
    {
        var replicas = new Argument<int>("replicas") { Description = "How many replicas share the partitions" };
        var command = new Command("scale", "Say how many replicas a pipeline has; the partitions are shared anew after a drain") { CommonOptions.Id, replicas };
        command.OnServer(async (api, parsed, cancellation) =>
        {
            var id = parsed.GetValue(CommonOptions.Id)!;
            await api.ScaleAsync(id, parsed.GetValue(replicas), cancellation);
            Console.Out.WriteLine($"{id} has {parsed.GetValue(replicas)} replicas");
            return ExitCode.Done;
        });
        return command;
    }

    private static Command StateCommand(string name, string state, string description)
    {
        var command = new Command(name, description) { CommonOptions.Id };
        command.OnServer(async (api, parsed, cancellation) =>
        {
            var id = parsed.GetValue(CommonOptions.Id)!;
            await api.SetStateAsync(id, state, cancellation);
            Console.Out.WriteLine($"{id} {state}");
            return ExitCode.Done;
        });
        return command;
    }
}
