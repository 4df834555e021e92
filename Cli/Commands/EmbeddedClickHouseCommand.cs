using System.CommandLine;
using ClickSink.Embedded;

namespace ClickSink.Cli.Commands;

/// <summary>embedded-clickhouse: ClickHouse's engine in this process, behind ClickHouse's HTTP interface.</summary>
internal static class EmbeddedClickHouseCommand
{
    private static readonly Option<string> Data = new("--data", "-d") { Description = "Folder of the data; made when it is not there", Required = true };
    private static readonly Option<int> Port = new("--port", "-p") { Description = "Port of the HTTP interface, on loopback only", DefaultValueFactory = _ => 8123 };
    private static readonly Option<string> User = new("--user") { Description = "The only user", DefaultValueFactory = _ => "default" };
    private static readonly Option<string?> PasswordFile = new("--password-file") { Description = "File with that user's password (default: CLICKSINK_EMBEDDED_PASSWORD, else none)" };
    private static readonly Option<string?> Library = new("--library") { Description = "Where libchdb.so is (default: CLICKSINK_CHDB_LIBRARY, else it is searched for)" };

    public static Command Create()
    {
        var command = new Command("embedded-clickhouse", "Serve ClickHouse's engine over its HTTP interface on this machine") { Data, Port, User, PasswordFile, Library };
        command.SetAction(async (parsed, cancellation) =>
        {
            var password = Environment.GetEnvironmentVariable("CLICKSINK_EMBEDDED_PASSWORD") ?? "";
            if (parsed.GetValue(PasswordFile) is { } file)
            {
                if (!File.Exists(file))
                {
                    await Console.Error.WriteLineAsync($"clicksink: --password-file: there is no file {file}");
                    return ExitCode.Usage;
                }

                password = (await File.ReadAllTextAsync(file, cancellation)).TrimEnd('\r', '\n');
            }

            return await EmbeddedClickHouseServer.RunAsync(
                new EmbeddedClickHouseOptions
                {
                    DataPath = parsed.GetValue(Data)!,
                    Port = parsed.GetValue(Port),
                    User = parsed.GetValue(User)!,
                    Password = new Secret(password),
                    LibraryPath = parsed.GetValue(Library),
                },
                cancellation);
        });
        return command;
    }
}
