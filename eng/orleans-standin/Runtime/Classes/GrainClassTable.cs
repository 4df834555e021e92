using System.Collections.Frozen;
using Orleans.Runtime;
using Orleans.Standin.Calls;
using Orleans.Standin.Serialization;

namespace Orleans.Standin.Runtime;

/// <summary>The grain classes of this process.</summary>
internal sealed class GrainClassTable
{
    private readonly FrozenDictionary<GrainType, GrainClass> _classes = ApplicationTypes.All
        .Where(type => type is { IsClass: true, IsAbstract: false, IsGenericTypeDefinition: false } && typeof(IGrainBase).IsAssignableFrom(type))
        .Select(type => new GrainClass(type))
        .GroupBy(grainClass => grainClass.GrainType)
        .ToFrozenDictionary(same => same.Key, Single);

    public GrainClassTable() => Manifest = new GrainManifest
    {
        Grains = [.. _classes.Values.Select(grainClass => grainClass.Describe())],
    };

    public GrainManifest Manifest { get; }

    public GrainClass? Find(GrainType type) => _classes.GetValueOrDefault(type);

    private static GrainClass Single(IGrouping<GrainType, GrainClass> same) => same.Count() == 1
        ? same.First()
        : throw new InvalidOperationException($"The grain type \"{same.Key}\" names {string.Join(" and ", same.Select(one => one.Type))}: "
            + "give one of them a [GrainType].");
}
