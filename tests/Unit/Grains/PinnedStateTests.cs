using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ClickSink.Grains.Catalog;
using ClickSink.Grains.DeadLetters;
using ClickSink.Grains.Pipelines;
using ClickSink.Grains.Replicas;
using Xunit;

namespace ClickSink.Tests.Unit.Grains;

/// <summary>
/// Samples of each stored type, as the storage writes it: the names of its properties are the contract. A sample of a release that is out is never changed; a property
/// that is added goes into the newest sample.
/// </summary>
public sealed class PinnedStateTests
{
    // As the storage does: what equals its type's default is left out.
    private static readonly JsonSerializerOptions Storage = new() { PropertyNameCaseInsensitive = true, IncludeFields = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault };

    public static TheoryData<Type> Stored => [typeof(PipelineState), typeof(ReplicaState), typeof(CatalogState), typeof(ReplayState)];

    [Theory]
    [MemberData(nameof(Stored))]
    public void Sample_ReadAndWritten_IsTheSame(Type type)
    {
        var sample = Sample(type);
        var state = JsonSerializer.Deserialize(sample, type, Storage)!;
        Assert.True(JsonNode.DeepEquals(sample, JsonSerializer.SerializeToNode(state, type, Storage)), JsonSerializer.Serialize(state, type, Storage));
    }

    [Theory]
    [MemberData(nameof(Stored))]
    public void Sample_OfEachType_HasEveryProperty(Type type) => AssertComplete(type, [Sample(type)], type.Name);

    [Theory]
    [MemberData(nameof(Stored))]
    public void Properties_ThatAreLeftOut_ComeBackAsTheyWere(Type type) => Assert.All(Reachable(type), found =>
    {
        foreach (var property in found.GetProperties().Where(p => p.SetMethod is not null))
        {
            Assert.Null(property.GetCustomAttribute<System.Runtime.CompilerServices.RequiredMemberAttribute>());
            // A value type that begins as something else than its default cannot be told apart from one that was stored as the default. A count of replicas is never 0.
            if (!property.PropertyType.IsValueType || property.Name is nameof(PipelineState.Replicas) or nameof(PipelineState.MaxReplicas)) continue;
            Assert.Equal(Activator.CreateInstance(property.PropertyType), property.GetValue(Activator.CreateInstance(found)));
        }
    });

    [Fact]
    public void PipelineState_Sample_MeansWhatItSays()
    {
        var state = Sample(typeof(PipelineState)).Deserialize<PipelineState>(Storage)!;
        Assert.Equal((2, "bob (admin)"), (state.Versions[1].Number, state.Versions[1].By));
        Assert.Equal((0, 0L), (state.Assignment!.Slots[0].Partitions[0].Partition, state.Assignment.Slots[0].Partitions[0].NextOffset));
        Assert.Equal((1200L, 1399L, true), (state.Positions[0].Intents[0].From, state.Positions[0].Intents[0].To, state.Positions[0].Intents[0].Aside));
        Assert.Equal("replay of 1:5-9", state.Rewind!.Describe());
        Assert.Equal(45, state.Rewind.Offsets[3]);
    }

    private static JsonNode Sample(Type type)
    {
        using var stream = typeof(PinnedStateTests).Assembly.GetManifestResourceStream($"PinnedState/{type.Name}.json") ?? throw new InvalidOperationException($"no sample of {type.Name}");
        return JsonNode.Parse(stream)!;
    }

    // Every property has to stand in one of the samples of its type at least.
    private static void AssertComplete(Type type, IReadOnlyList<JsonNode> samples, string path)
    {
        foreach (var property in type.GetProperties().Where(p => p.SetMethod is not null))
        {
            var values = samples.Select(s => s[property.Name]).OfType<JsonNode>().ToList();
            Assert.True(values.Count > 0, $"{path}.{property.Name} is in no sample: add it to tests/Unit/Grains/PinnedState");
            var element = Element(property.PropertyType);
            if (!IsOurs(element)) continue;
            var items = values.SelectMany(v => v is JsonArray list ? list.OfType<JsonNode>() : [v]).ToList();
            AssertComplete(element, items, $"{path}.{property.Name}");
        }
    }

    private static IEnumerable<Type> Reachable(Type type) =>
        type.GetProperties().Where(p => p.SetMethod is not null).Select(p => Element(p.PropertyType)).Where(IsOurs).SelectMany(Reachable).Append(type).Distinct();

    private static Type Element(Type type) => Nullable.GetUnderlyingType(type) ?? type.GetElementType()
        ?? (type.IsGenericType && typeof(IList).IsAssignableFrom(type) ? type.GetGenericArguments()[0] : type);

    private static bool IsOurs(Type type) => type is { IsClass: true } && type.Namespace!.StartsWith("ClickSink", StringComparison.Ordinal);
}
