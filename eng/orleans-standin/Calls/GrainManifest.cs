using Orleans.Runtime;
using Orleans.Standin.Serialization;

namespace Orleans.Standin.Calls;

/// <summary>The grain types that a silo can run.</summary>
[GenerateSerializer, Immutable, Alias("standin.manifest")]
internal sealed class GrainManifest
{
    [Id(0)]
    public required GrainManifestEntry[] Grains { get; init; }

    public bool Has(string grainType) => Grains.Any(grain => grain.GrainType == grainType);

    /// <summary>Chooses as Orleans does: the only class with the interface, or the one of its name.</summary>
    public static GrainType Choose(IEnumerable<GrainManifestEntry> grains, Type grainInterface, string? classPrefix)
    {
        var name = ApplicationTypes.NameOf(grainInterface);
        var candidates = grains
            .Where(grain => grain.Interfaces.Contains(name))
            .Where(grain => string.IsNullOrEmpty(classPrefix) || grain.ClassName.StartsWith(classPrefix, StringComparison.Ordinal)
                || grain.ClassName[(grain.ClassName.LastIndexOf('.') + 1)..].StartsWith(classPrefix, StringComparison.Ordinal))
            .DistinctBy(grain => grain.GrainType)
            .ToList();
        var conventional = grainInterface.Name.StartsWith('I') ? grainInterface.Name[1..] : grainInterface.Name;
        var chosen = candidates.Count == 1
            ? candidates[0]
            : candidates.FirstOrDefault(grain => grain.ClassName.EndsWith($".{conventional}", StringComparison.Ordinal));
        if (chosen is not null)
            return GrainType.Create(chosen.GrainType);

        throw new ArgumentException(candidates.Count == 0
            ? $"Could not find an implementation for interface {grainInterface}: no active silo has a grain class with it."
            : $"Several grain classes implement {grainInterface}: {string.Join(", ", candidates.Select(grain => grain.ClassName))}.");
    }
}

/// <summary>A grain class of a silo.</summary>
[GenerateSerializer, Immutable, Alias("standin.manifest.entry")]
internal sealed class GrainManifestEntry
{
    [Id(0)]
    public required string GrainType { get; init; }

    [Id(1)]
    public required string ClassName { get; init; }

    [Id(2)]
    public required string[] Interfaces { get; init; }
}
