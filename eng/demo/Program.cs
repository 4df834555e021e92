using System.CommandLine;
using System.Runtime.InteropServices;
using ClickSink.Demo;
using ClickSink.Servers;

var rows = new Option<long>("--rows") { Description = "How many events are sent.", DefaultValueFactory = _ => 1_000_000 };
var silos = new Option<int>("--silos") { Description = "How many silos run; the pipeline then has as many replicas.", DefaultValueFactory = _ => 1 };
var exit = new Option<bool>("--exit") { Description = "Stop everything after the check." };
var root = new RootCommand("Runs the whole of ClickSink on this machine: servers, a silo, a pipeline, a million events, and a check.") { rows, silos, exit };
using var stop = new CancellationTokenSource();
void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stop.Cancel();
}

using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
root.SetAction(async parsed =>
{
    var options = new DemoOptions { Rows = parsed.GetValue(rows), Silos = parsed.GetValue(silos), Exit = parsed.GetValue(exit), Data = Path.Combine(Checkout.DataFolder, "demo") };
    if (options.Rows < 1)
    {
        Console.Error.WriteLine("--rows: at least 1 is needed.");
        return 2;
    }

    if (options.Silos is < 1 or > 9)
    {
        Console.Error.WriteLine("--silos: 1 to 9 are possible.");
        return 2;
    }

    try
    {
        return await new DemoRun(options).RunAsync(stop.Token);
    }
    catch (OperationCanceledException) when (stop.IsCancellationRequested)
    {
        Console.WriteLine("stopped");
        return 130;
    }
    catch (ServerException fault)
    {
        Console.Error.WriteLine(fault.Message);
        return 1;
    }
});
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, CancellationToken.None);
