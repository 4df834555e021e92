using System.CommandLine;
using System.Text.Json.Nodes;
using ClickSink.Cli.Api;
using ClickSink.Cli.Output;

namespace ClickSink.Cli.Commands;

/// <summary>dry-run: what a document would make of messages.</summary>
internal static class DryRunCommand
{
    private static readonly Option<string> File = new("--file", "-f") { Description = "The document (YAML or JSON)", Required = true };
    private static readonly Option<string> Messages = new("--messages", "-m") { Description = "A file with one message a line, or - for standard input", Required = true };

    public static Command Create()
    {
        var command = new Command("dry-run", "Show the rows that a document would make of messages, and what it would reject; nothing is stored") { File, Messages, CommonOptions.Output };
        command.OnServer(async (api, parsed, cancellation) =>
        {
            var lines = Read(parsed.GetValue(Messages)!).Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0);
            var request = new JsonObject
            {
                ["document"] = Read(parsed.GetValue(File)!),
                ["messages"] = new JsonArray([.. lines.Select(line => (JsonNode)line)]),
            };
            var answer = await api.AskAsync("transforms/dry-run", request.ToJsonString(), cancellation);
            if (parsed.GetValue(CommonOptions.Output) is OutputFormat.Table) DryRunPrinter.Print(answer);
            else Printer.Document(answer.ToJsonString(), parsed.GetValue(CommonOptions.Output));
            return answer["rejected"]!.AsArray().Count == 0 ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }

    private static string Read(string name)
    {
        if (name == "-") return Console.In.ReadToEnd();
        return System.IO.File.Exists(name) ? System.IO.File.ReadAllText(name) : throw new ApiException(ExitCode.Usage, $"{name}: there is no such file");
    }
}
