using Microsoft.Extensions.Hosting;
using Orleans.Standin.TestSilo;

// Orleans.Standin.TestSilo CONNECTION CLUSTER SILO-PORT GATEWAY-PORT; ends when its standard input does, in order.
using var silo = TestHosts.Silo(args[0], args[1], int.Parse(args[2]), int.Parse(args[3]));
await silo.StartAsync();
Console.WriteLine("ready");
var stopping = silo.WaitForShutdownAsync();
await Task.WhenAny(stopping, Console.In.ReadLineAsync());
await silo.StopAsync();
Console.WriteLine("stopped");
return Environment.ExitCode;
