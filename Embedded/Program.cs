using System.Globalization;
using System.Runtime.InteropServices;
using ClickSink.Embedded;

// The embedded server alone: ClickSink.Embedded DATA-PATH [PORT]. The password, if any, comes from CLICKSINK_EMBEDDED_PASSWORD, because
// arguments can be read by every user of the machine. The full command is `clicksink embedded-clickhouse`.
if (args.Length is < 1 or > 2 || args.Length == 2 && !int.TryParse(args[1], NumberStyles.None, CultureInfo.InvariantCulture, out _))
{
    await Console.Error.WriteLineAsync("Usage: ClickSink.Embedded DATA-PATH [PORT]");
    return 2;
}

using var stop = new CancellationTokenSource();
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);

return await EmbeddedClickHouseServer.RunAsync(
    new EmbeddedClickHouseOptions
    {
        DataPath = args[0],
        Port = args.Length == 2 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 8123,
        Password = new Secret(Environment.GetEnvironmentVariable("CLICKSINK_EMBEDDED_PASSWORD") ?? ""),
    },
    stop.Token);

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stop.Cancel();
}
