using System.CommandLine;
using ClickSink.Cli.Api;
using ClickSink.Cli.Output;

namespace ClickSink.Cli.Commands;

/// <summary>What every command that talks to a silo takes.</summary>
internal static class CommonOptions
{
    public static Option<string> Server { get; } = new("--server", "-s")
    {
        Description = "Address of a silo's REST API (default: CLICKSINK_SERVER, else http://127.0.0.1:8080)",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("CLICKSINK_SERVER") is { Length: > 0 } server ? server : "http://127.0.0.1:8080",
        Recursive = true,
    };

    public static Option<string?> Token { get; } = new("--token")
    {
        Description = "Token of the API (default: CLICKSINK_TOKEN, which does not show in the process list)",
        Recursive = true,
    };

    public static Option<OutputFormat> Output { get; } = new("--output", "-o") { Description = "table, json or yaml" };

    public static Argument<string> Id { get; } = new("pipeline") { Description = "Id of the pipeline" };

    /// <summary>Makes an action that talks to the API and turns its refusals into a message and an exit code.</summary>
    public static void OnServer(this Command command, Func<ApiClient, ParseResult, CancellationToken, Task<int>> action) =>
        command.SetAction(async (parsed, cancellation) =>
        {
            try
            {
                var server = parsed.GetValue(Server)!;
                if (!Uri.TryCreate(server, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
                    throw new ApiException(ExitCode.Usage, $"--server: '{server}' must be an address such as http://127.0.0.1:8080");
                using var api = new ApiClient(address, parsed.GetValue(Token) ?? Environment.GetEnvironmentVariable("CLICKSINK_TOKEN"));
                return await action(api, parsed, cancellation);
            }
            catch (ApiException e)
            {
                await Console.Error.WriteLineAsync($"clicksink: {e.Message}");
                return e.Code;
            }
        });
}
