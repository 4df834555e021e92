using System.Reflection;

namespace Orleans.Standin.Tests.Official;

/// <summary>
/// What the stand-in offers is what the official packages offer: every type of theirs that it has, every member of it, with the
/// same parameters by type and name. So a program that was built against one builds against the other.
/// </summary>
public sealed class SignatureTests
{
    private static readonly Dictionary<string, PublicType> Standin = PublicSurface.Read(typeof(Grain).Assembly.Location);

    /// <summary>Interfaces that programs implement: leaving a member out would break them against the official packages.</summary>
    private static readonly string[] ImplementedByPrograms =
    [
        "Orleans.IGrainBase", "Orleans.IRemindable", "Orleans.IGrainWithStringKey", "Orleans.Runtime.Placement.IPlacementDirector",
        "Orleans.IClientConnectionRetryFilter",
    ];

    public static TheoryData<string> Packages => ["core.abstractions", "clustering.adonet", "persistence.adonet", "reminders.adonet"];

    [Theory]
    [MemberData(nameof(Packages))]
    public void PublicTypes_InTheOfficialPackage_HaveTheSameSignatures(string package) => Compare(OfficialAssembly(package));

    /// <summary>The other official assemblies, where somebody has them: ORLEANS_ASSEMBLIES names the folder.</summary>
    [Fact]
    public void PublicTypes_InTheFolderOfOfficialAssemblies_HaveTheSameSignatures()
    {
        if (Environment.GetEnvironmentVariable("ORLEANS_ASSEMBLIES") is not { Length: > 0 } folder)
            return;

        var official = Directory.GetFiles(folder, "Orleans*.dll").SelectMany(PublicSurface.Read).DistinctBy(type => type.Key).ToDictionary();
        Assert.Equal("", string.Join("\n", Differences(official)));
        Assert.Empty(Standin.Keys.Except(official.Keys));
    }

    private static void Compare(string path)
    {
        var official = PublicSurface.Read(path);

        Assert.NotEmpty(official.Keys.Intersect(Standin.Keys));
        Assert.Equal("", string.Join("\n", Differences(official)));
    }

    private static List<string> Differences(Dictionary<string, PublicType> official) => [.. Standin.Values
        .Where(ours => official.ContainsKey(ours.Name))
        .SelectMany(ours => Differences(ours, official[ours.Name]))];

    private static IEnumerable<string> Differences(PublicType ours, PublicType theirs)
    {
        foreach (var trait in ours.Shape.Except(theirs.Shape))
            yield return $"{ours.Name} is {trait}, officially {string.Join(", ", theirs.Shape)}";
        foreach (var member in ours.Members.Except(theirs.Members))
            yield return $"{ours.Name} has {member}, officially {string.Join(" or ", SameName(member, theirs))}";
        if (!ImplementedByPrograms.Contains(ours.Name))
            yield break;
        foreach (var member in theirs.Members.Except(ours.Members).Where(one => one.StartsWith("abstract", StringComparison.Ordinal)))
            yield return $"{ours.Name} lacks {member}, which a program has to implement";
    }

    private static IEnumerable<string> SameName(string member, PublicType theirs)
    {
        var name = member[..(member.Contains('(', StringComparison.Ordinal) ? member.IndexOf('(', StringComparison.Ordinal) + 1 : member.Length)].Split(' ')[^1];
        return theirs.Members.Where(other => other.Contains($" {name}", StringComparison.Ordinal)).DefaultIfEmpty("nothing");
    }

    private static string OfficialAssembly(string package)
    {
        var facts = typeof(SignatureTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().ToDictionary(fact => fact.Key, fact => fact.Value!);
        var folder = Path.Combine(facts["NuGetPackages"], $"microsoft.orleans.{package}", facts["OrleansVersion"], "lib", "net10.0");
        return Assert.Single(Directory.GetFiles(folder, "*.dll"));
    }
}
