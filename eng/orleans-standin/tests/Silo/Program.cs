using Microsoft.Extensions.Hosting;
using Orleans.Standin.TestSilo;

// Orleans.Standin.TestSilo CONNECTION CLUSTER SILO-PORT GATEWAY-PORT; ends when its standard input does, in order.
using var silo = TestHosts.Silo(args[0], args[1], int.Parse(args[2]), int.Parse(args[3]));
await silo.StartAsync();
Console.WriteLine("ready");
var stopping = silo.WaitForShutdownAsync();
// ReadLineAsync of the console blocks until there is a line.
await Task.WhenAny(stopping, Task.Run(Console.In.ReadLine));
await silo.StopAsync();
Console.WriteLine("stopped");
return Environment.ExitCode;
