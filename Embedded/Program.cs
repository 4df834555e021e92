using System.Runtime.InteropServices;
using ClickSink.Embedded;

// The embedded server alone, for tests and for those who want nothing else. The full command is `clicksink embedded-clickhouse`.
// The password comes from the environment, because arguments can be read by every user of the machine.
var password = Environment.GetEnvironmentVariable("CLICKSINK_EMBEDDED_PASSWORD") ?? "";
if (CommandLine.TryParse(args, password, out var fault) is not { } options)
{
    await Console.Error.WriteLineAsync(fault + Environment.NewLine + CommandLine.Usage);
    return 2;
}

using var stop = new CancellationTokenSource();
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
return await EmbeddedClickHouseServer.RunAsync(options, stop.Token);

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stop.Cancel();
}
