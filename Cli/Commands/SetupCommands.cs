using System.CommandLine;
using System.Text.Json.Nodes;
using ClickSink.Cli.Api;
using ClickSink.Cli.Output;

namespace ClickSink.Cli.Commands;

/// <summary>sample, infer, validate: what is in a topic, what could a pipeline be, and would it run.</summary>
internal static class SetupCommands
{
    private static readonly Option<string?> ClickHouse = new("--clickhouse") { Description = "ClickHouse's HTTP interface, such as http://localhost:8123" };
    private static readonly Option<string?> Table = new("--table") { Description = "The table, made as proposed when it does not exist" };
    private static readonly Option<string> Database = new("--database") { Description = "The database", DefaultValueFactory = _ => "default" };
    private static readonly Option<string> User = new("--user") { Description = "ClickHouse's user", DefaultValueFactory = _ => "default" };
    private static readonly Option<string?> PasswordFile = new("--password-file") { Description = "File with that user's password (default: CLICKSINK_CLICKHOUSE_PASSWORD, else none)" };
    private static readonly Option<string?> Id = new("--id") { Description = "Id of the pipeline that is proposed (default: the topic's name)" };
    private static readonly Option<bool> Tight = new("--tight") { Description = "The smallest integer types that hold what was seen, instead of 64 bits" };
    private static readonly Option<bool> Metadata = new("--metadata") { Description = "Columns for the message's topic, partition, offset and timestamp as well" };
    private static readonly Option<string> File = new("--file", "-f") { Description = "A document (YAML or JSON), or - for standard input", Required = true };

    public static IEnumerable<Command> All()
    {
        yield return SampleCommand();
        yield return InferCommand();
        yield return ValidateCommand();
    }

    private static Command SampleCommand()
    {
        var command = new Command("sample", "Print some messages of a topic, without a consumer group and without moving anything")
        {
            SetupOptions.Brokers, SetupOptions.Topic, SetupOptions.Count, SetupOptions.From, SetupOptions.Timeout, SetupOptions.Properties, CommonOptions.Output,
        };
        command.OnServer(async (api, parsed, cancellation) =>
        {
            var request = new JsonObject { ["kafka"] = SetupOptions.Kafka(parsed), ["sample"] = SetupOptions.Sample(parsed) };
            var answer = await api.AskAsync("validate/kafka/sample", request.ToJsonString(), cancellation);
            if (parsed.GetValue(CommonOptions.Output) is OutputFormat.Table) SetupPrinter.Sample(answer);
            else Printer.Document(answer.ToJsonString(), parsed.GetValue(CommonOptions.Output));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command InferCommand()
    {
        var command = new Command("infer", "Propose a pipeline for a topic from a sample of it: with -o yaml the document, ready for apply")
        {
            SetupOptions.Brokers, SetupOptions.Topic, ClickHouse, Table, Database, User, PasswordFile, Id, Tight, Metadata,
            SetupOptions.Count, SetupOptions.From, SetupOptions.Timeout, SetupOptions.Properties, CommonOptions.Output,
        };
        command.OnServer(async (api, parsed, cancellation) =>
        {
            var password = await PasswordAsync(parsed, cancellation);
            var answer = await api.AskAsync("infer", InferRequest(parsed, password).ToJsonString(), cancellation);
            var output = parsed.GetValue(CommonOptions.Output);
            if (output is OutputFormat.Table)
            {
                SetupPrinter.Proposal(answer);
                return ExitCode.Done;
            }

            // The server never sends a password back; the one who gave it gets a document that works.
            var document = answer["document"]!;
            if (password is not null && document["sinks"]?[0]?["clickhouse"] is JsonObject sink) sink["password"] = password;
            Printer.Document(document.ToJsonString(), output);
            foreach (var note in answer["notes"]!.AsArray()) await Console.Error.WriteLineAsync($"clicksink: note: {note}");
            return ExitCode.Done;
        });
        return command;
    }

    private static Command ValidateCommand()
    {
        var command = new Command("validate", "Check a document against the servers that it names: Kafka, ClickHouse, the table, the newest messages") { File, CommonOptions.Output };
        command.OnServer(async (api, parsed, cancellation) =>
        {
            var name = parsed.GetValue(File)!;
            if (name != "-" && !System.IO.File.Exists(name)) throw new ApiException(ExitCode.Usage, $"{name}: there is no such file");
            var text = name == "-"
                ? await Console.In.ReadToEndAsync(cancellation)
                : await System.IO.File.ReadAllTextAsync(name, cancellation);
            var report = await api.AskAsync("validate", text, cancellation);
            if (parsed.GetValue(CommonOptions.Output) is OutputFormat.Table) SetupPrinter.Report(report);
            else Printer.Document(report.ToJsonString(), parsed.GetValue(CommonOptions.Output));
            return (bool)report["ok"]! ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }

    private static JsonObject InferRequest(ParseResult parsed, string? password)
    {
        var request = new JsonObject
        {
            ["kafka"] = SetupOptions.Kafka(parsed),
            ["sample"] = SetupOptions.Sample(parsed),
            ["infer"] = new JsonObject { ["tight"] = parsed.GetValue(Tight), ["metadata"] = parsed.GetValue(Metadata) },
        };
        if (parsed.GetValue(Id) is { } id) request["id"] = id;
        if (parsed.GetValue(ClickHouse) is not { } url)
        {
            if (parsed.GetValue(Table) is not null)
                throw new ApiException(ExitCode.Usage, "--table needs --clickhouse: the server that has it or is to have it");
            return request;
        }

        if (parsed.GetValue(Table) is not { } table)
            throw new ApiException(ExitCode.Usage, "--clickhouse needs --table: where the rows are to go");
        var sink = new JsonObject { ["url"] = url, ["database"] = parsed.GetValue(Database), ["table"] = table, ["user"] = parsed.GetValue(User) };
        if (password is not null) sink["password"] = password;
        request["clickhouse"] = sink;
        return request;
    }

    private static async Task<string?> PasswordAsync(ParseResult parsed, CancellationToken cancellation)
    {
        if (parsed.GetValue(PasswordFile) is not { } file)
            return Environment.GetEnvironmentVariable("CLICKSINK_CLICKHOUSE_PASSWORD") is { Length: > 0 } password ? password : null;
        if (!System.IO.File.Exists(file)) throw new ApiException(ExitCode.Usage, $"--password-file: there is no file {file}");
        return (await System.IO.File.ReadAllTextAsync(file, cancellation)).TrimEnd('\r', '\n');
    }
}
