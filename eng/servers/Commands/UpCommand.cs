using System.CommandLine;
using ClickSink.Servers.Processes;

namespace ClickSink.Servers.Commands;

/// <summary><c>servers up</c>: starts servers, in the foreground or behind the caller.</summary>
internal static class UpCommand
{
    public static Command Create()
    {
        var names = new Argument<string[]>("server") { Description = "Which: " + string.Join(", ", ServerCatalog.Names) + ".", Arity = ArgumentArity.OneOrMore };
        names.AcceptOnlyFromAmong(ServerCatalog.Names);
        var data = SetFiles.DataOption();
        var ports = new Option<string[]>("--port") { Description = "NAME=PORT: a fixed port for a server. Default: a free one, kept over restarts." };
        var embedded = new Option<string?>("--embedded-command") { Description = "The program and first arguments that serve the server \"embedded\". Default: clicksink embedded-clickhouse of this build." };
        var fresh = new Option<bool>("--fresh") { Description = "Begin without the data of earlier runs." };
        var detach = new Option<bool>("--detach") { Description = "Return when all are ready, and leave them running until `servers down`." };
        var owner = new Option<int?>("--owner") { Description = "Stop the servers when the process of this id is gone, however it ended." };
        var command = new Command("up", "Start servers. Variables for scripts are printed, and kept in servers.env of the data folder.")
        {
            names, data, ports, embedded, fresh, detach, owner,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = new UpOptions
            {
                Names = [.. parsed.GetValue(names)!.Distinct()],
                Data = Path.GetFullPath(parsed.GetValue(data)!),
                Ports = UpOptions.ParsePorts(parsed.GetValue(ports) ?? []),
                EmbeddedCommand = parsed.GetValue(embedded),
                Fresh = parsed.GetValue(fresh),
                Owner = parsed.GetValue(owner) is { } pid
                    ? ProcessIdentity.Of(pid) ?? throw new ServerException($"--owner {pid}: there is no such process.")
                    : null,
            };
            return parsed.GetValue(detach)
                ? await DetachedKeeper.StartAsync(options.Data, [.. Environment.GetCommandLineArgs().Skip(1).Where(argument => argument != detach.Name)])
                : await new Keeper(options).RunAsync();
        });
        return command;
    }
}
