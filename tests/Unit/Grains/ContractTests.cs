using System.Reflection;
using ClickSink.Grains.Catalog;
using ClickSink.Grains.Interfaces.Pipelines;
using Orleans;
using Xunit;

namespace ClickSink.Tests.Unit.Grains;

/// <summary>What travels and is stored has names and numbers of its own, which outlive the names in the code.</summary>
public sealed class ContractTests
{
    private static readonly Type[] All = [.. new[] { typeof(IPipelineGrain).Assembly, typeof(CatalogGrain).Assembly }.SelectMany(a => a.GetTypes())];

    private static IEnumerable<Type> Interfaces => All.Where(t => t.IsInterface && typeof(IGrain).IsAssignableFrom(t));

    private static IEnumerable<Type> Classes => All.Where(t => t is { IsClass: true, IsAbstract: false } && typeof(Grain).IsAssignableFrom(t));

    private static IEnumerable<Type> Serialized => All.Where(t => t.IsDefined(typeof(GenerateSerializerAttribute), false));

    [Fact]
    public void GrainsAndTypes_All_HaveAnAliasOfTheirOwn()
    {
        Type[] named = [.. Interfaces, .. Classes, .. Serialized];
        Assert.True(named.Length >= 25, $"only {named.Length} types were found");
        Assert.Empty(named.Where(t => Alias(t) is null).Select(t => t.Name));
        Assert.Empty(named.GroupBy(Alias).Where(g => g.Count() > 1).Select(g => g.Key));
        Assert.All(named, t => Assert.StartsWith("clicksink.", Alias(t), StringComparison.Ordinal));
    }

    [Fact]
    public void GrainMethods_All_HaveAnAliasOfTheirOwn()
    {
        Assert.All(Interfaces, type =>
        {
            var methods = type.GetMethods().Where(m => m.DeclaringType == type).ToList();
            Assert.Empty(methods.Where(m => Alias(m) is null).Select(m => m.Name));
            Assert.Equal(methods.Count, methods.Select(Alias).Distinct().Count());
        });
    }

    [Fact]
    public void SerializedMembers_All_HaveANumberOfTheirOwn()
    {
        Assert.All(Serialized.Where(t => !t.IsEnum), type =>
        {
            var members = type.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(p => p.DeclaringType == type && p.SetMethod is not null).ToList();
            Assert.Empty(members.Where(m => m.GetCustomAttribute<IdAttribute>() is null).Select(m => $"{type.Name}.{m.Name}"));
            Assert.Equal(members.Count, members.Select(m => m.GetCustomAttribute<IdAttribute>()!.Id).Distinct().Count());
        });
    }

    [Fact]
    public void Parameters_OfGrainMethods_AreSerializedOrPlain()
    {
        var types = Interfaces.SelectMany(t => t.GetMethods()).SelectMany(m => m.GetParameters()).Select(p => p.ParameterType).Distinct();
        Assert.All(types, t => Assert.True(t.IsPrimitive || t == typeof(string) || t == typeof(CancellationToken) || t == typeof(CancellationToken?) || t.IsDefined(typeof(GenerateSerializerAttribute), false), t.Name));
    }

    // A grain class has its name from [GrainType]: the official analyzers refuse [Alias] there.
    private static string? Alias(MemberInfo member) => member.GetCustomAttributesData()
        .FirstOrDefault(a => a.AttributeType == typeof(AliasAttribute) || a.AttributeType == typeof(GrainTypeAttribute))?.ConstructorArguments[0].Value as string;
}
