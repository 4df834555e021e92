using System.CommandLine;
using ClickSink.Cli.Api;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ClickSink.Cli.Commands;

/// <summary>apply: puts documents in place.</summary>
internal static class ApplyCommand
{
    private static readonly Option<string[]> Files = new("--file", "-f")
    {
        Description = "A document (YAML or JSON), a folder of them, or - for standard input; may be given several times",
        Required = true,
        AllowMultipleArgumentsPerToken = true,
    };

    public static Command Create()
    {
        var command = new Command("apply", "Create pipelines, or give them a new version") { Files };
        command.OnServer(async (api, parsed, cancellation) =>
        {
            var worst = ExitCode.Done;
            foreach (var (name, text) in ReadAll(parsed.GetValue(Files)!))
            {
                try
                {
                    var id = FindId(name, text);
                    var (_, created, version) = await api.PutAsync(id, text, cancellation);
                    Console.Out.WriteLine($"{id} {(created ? "created" : $"is at version {version}")}");
                }
                catch (ApiException e) when (e.Code is ExitCode.Invalid or ExitCode.Conflict)
                {
                    // One bad document does not keep the others from being applied.
                    await Console.Error.WriteLineAsync($"clicksink: {name}: {e.Message}");
                    worst = e.Code;
                }
            }

            return worst;
        });
        return command;
    }

    private static IEnumerable<(string Name, string Text)> ReadAll(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            if (name == "-") yield return ("standard input", Console.In.ReadToEnd());
            else if (Directory.Exists(name))
            {
                foreach (var file in Directory.EnumerateFiles(name).Where(f => Path.GetExtension(f) is ".yaml" or ".yml" or ".json").Order()) yield return (file, File.ReadAllText(file));
            }
            else if (File.Exists(name)) yield return (name, File.ReadAllText(name));
            else throw new ApiException(ExitCode.Usage, $"{name}: there is no such file or folder");
        }
    }

    private static string FindId(string name, string text)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents is [{ RootNode: YamlMappingNode root }] && root.Children.TryGetValue("id", out var id) && id is YamlScalarNode { Value: { Length: > 0 } value }) return value;
        }
        catch (YamlException e)
        {
            throw new ApiException(ExitCode.Invalid, $"the text is not valid YAML at line {e.Start.Line}, column {e.Start.Column}: {e.Message}");
        }

        throw new ApiException(ExitCode.Invalid, $"{name} has no id at its top: a pipeline document needs one");
    }
}
