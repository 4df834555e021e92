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
