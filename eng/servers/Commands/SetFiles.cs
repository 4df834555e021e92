using System.CommandLine;
using ClickSink.Servers.Processes;

namespace ClickSink.Servers.Commands;

/// <summary>The names that the commands agree on within the folder of a set.</summary>
internal static class SetFiles
{
    /// <summary>The name of the keeper's pid file and log: the process that holds the servers.</summary>
    public const string Keeper = "keeper";

    private const string OwnerName = "keeper.owner";
    private const string VariablesName = "servers.env";

    public static Option<string> DataOption() => new("--data")
    {
        Description = "The folder of the servers' data, logs and pid files.",
        DefaultValueFactory = _ => Path.Combine(Checkout.DataFolder, "servers"),
    };

    /// <summary>Remembers for whom a keeper holds the servers; null: for nobody in particular.</summary>
    public static void WriteOwner(string data, ProcessIdentity? owner) => File.WriteAllText(Path.Combine(data, OwnerName), $"{owner}");

    /// <summary>
    /// True when the keeper of this folder has not got its servers ready, is stopping them, or is about to because its owner is gone.
    /// </summary>
    public static bool IsInTransition(string data)
    {
        var owner = Path.Combine(data, OwnerName);
        return !File.Exists(Variables(data)) || (File.Exists(owner) && ProcessIdentity.Parse(File.ReadAllText(owner)) is { IsAlive: false });
    }

    /// <summary>The file that tells scripts how to reach the servers; it is there while all of them are ready.</summary>
    public static string Variables(string data) => Path.Combine(data, VariablesName);

    /// <summary>Writes the file so that it is never seen half written.</summary>
    public static void WriteVariables(string data, IEnumerable<Server> servers)
    {
        var lines = servers.SelectMany(server => server.Variables).Select(variable => $"export {variable.Key}='{variable.Value}'\n");
        var draft = Variables(data) + ".new";
        File.WriteAllText(draft, string.Concat(lines));
        File.Move(draft, Variables(data), overwrite: true);
    }

    public static IReadOnlyDictionary<string, string> ReadVariables(string data)
    {
        if (!File.Exists(Variables(data)))
            throw new ServerException($"No servers are ready in {data}. Start them with `servers up`.");
        return File.ReadAllLines(Variables(data))
            .Select(line => line["export ".Length..].Split('=', 2))
            .ToDictionary(parts => parts[0], parts => parts[1].Trim('\''));
    }
}
