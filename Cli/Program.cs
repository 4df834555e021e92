using System.CommandLine;
using System.Runtime.InteropServices;
using ClickSink.Cli.Commands;

var root = new RootCommand(
    """
    ClickSink: Kafka topics into ClickHouse, exactly once

    Exit codes: 0 done, 1 failed, 2 wrong usage, 3 no such pipeline, 4 the document or request is not valid,
    5 another version is in place or the pipeline is in a state that does not allow it, 6 no silo answers, 7 the token is missing or wrong
    """)
{
    CommonOptions.Server, CommonOptions.Token, ApplyCommand.Create(),
};
// Nobody's terminal is 80 columns wide in a pipe or a file, and a cut table is of no use there.
if (Console.IsOutputRedirected) Spectre.Console.AnsiConsole.Profile.Width = 1000;
foreach (var command in PipelineCommands.All()) root.Add(command);
foreach (var command in SetupCommands.All()) root.Add(command);
foreach (var command in ClusterCommands.All()) root.Add(command);
root.Add(DeadLetterCommands.Create());
root.Add(DryRunCommand.Create());
root.Add(EmbeddedClickHouseCommand.Create());

// A command that serves has to end in order, however long that takes; System.CommandLine's own handling gives it two seconds.
using var stop = new CancellationTokenSource();
void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stop.Cancel();
}

using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
var parsed = root.Parse(args);
var code = await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null }, stop.Token);
return parsed.Errors.Count > 0 ? ClickSink.Cli.ExitCode.Usage : code;
