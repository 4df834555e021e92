using System.CommandLine;
using ClickSink.Servers;
using ClickSink.Servers.Commands;

var root = new RootCommand("Starts and stops the real servers that ClickSink's demo, benchmarks and tests run against.")
{
    UpCommand.Create(),
    DownCommand.Create(),
    StatusCommand.Create(),
    TopicCommand.Create(),
};
try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
}
catch (ServerException fault)
{
    Console.Error.WriteLine(fault.Message);
    return 1;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("cancelled before the servers were ready");
    return 130;
}
