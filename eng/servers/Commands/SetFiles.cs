using System.CommandLine;

namespace ClickSink.Servers.Commands;

/// <summary>The names that the commands agree on within the folder of a set.</summary>
internal static class SetFiles
{
    /// <summary>The name of the keeper's pid file and log: the process that holds the servers.</summary>
    public const string Keeper = "keeper";

    private const string VariablesName = "servers.env";

    public static Option<string> DataOption() => new("--data")
    {
        Description = "The folder of the servers' data, logs and pid files.",
        DefaultValueFactory = _ => Path.Combine(Checkout.DataFolder, "servers"),
    };

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
