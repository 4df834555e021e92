namespace ClickSink.Servers;

/// <summary>Where this repository lies, found from the program that runs.</summary>
public static class Checkout
{
    private const string Marker = "Orleans.ClickSink.sln";

    /// <summary>The repository's root folder.</summary>
    /// <exception cref="ServerException">The program does not run from a build below the repository.</exception>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>The git-ignored folder for the data of servers.</summary>
    public static string DataFolder => Path.Combine(Root, ".data");

    /// <summary>A package that eng/setup.sh had npm install.</summary>
    /// <exception cref="ServerException">It is not installed.</exception>
    public static string NpmPackage(string name)
    {
        var path = Path.Combine(Root, "eng", "npm", "node_modules", name);
        return Directory.Exists(path)
            ? path
            : throw new ServerException($"The npm package {name} is not installed in {path}. Run `eng/setup.sh run` in the repository.");
    }

    /// <summary>The built program of a project of the solution, in the same configuration as the program that runs.</summary>
    /// <param name="project">The project's folder below the root, as <c>Cli</c>.</param>
    /// <param name="name">The name of its assembly.</param>
    /// <exception cref="ServerException">It is not built.</exception>
    public static string Program(string project, string name)
    {
        // .../bin/CONFIGURATION/FRAMEWORK/
        var framework = new DirectoryInfo(AppContext.BaseDirectory);
        var path = Path.Combine(Root, project, "bin", framework.Parent!.Name, framework.Name, name);
        return File.Exists(path) ? path : throw new ServerException($"{path} is not built. Run `dotnet build Orleans.ClickSink.sln` in the repository.");
    }

    private static string Find(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Marker)))
                return folder.FullName;
        }

        throw new ServerException($"{Marker} is in no folder above {from}. The servers' tool works only from a build below the repository.");
    }
}
