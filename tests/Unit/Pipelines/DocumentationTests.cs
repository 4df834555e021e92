using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using ClickSink.Engine.Pipelines;
using ClickSink.Engine.Sinks;
using ClickSink.Servers;
using Xunit;

namespace ClickSink.Tests.Unit.Pipelines;

/// <summary>Holds docs/pipeline-document.md to what is read.</summary>
public sealed class DocumentationTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Checkout.Root, "docs", "pipeline-document.md"));

    [Fact]
    public void PipelineDocument_EveryKey_IsDescribedAndNoOther()
    {
        var described = Regex.Matches(Text, "^\\| `(\\w+)` \\|", RegexOptions.Multiline).Select(m => m.Groups[1].Value).ToHashSet();
        var known = Records(typeof(PipelineOptions)).Concat(SinkKinds.All.Values.SelectMany(kind => Records(kind.OptionsType))).SelectMany(Keys).Concat(SinkKinds.All.Keys).ToHashSet();
        // The source's kind has a heading of its own; of a sink's entry only the name is a key, the rest is what it is bound to.
        known.ExceptWith(["kafka", "kind", "options"]);
        Assert.Equal(known.Order(), described.Order());
        Assert.Contains("### `source.kafka`", Text);
    }

    [Fact]
    public void PipelineDocument_EveryEnumValue_IsDescribed()
    {
        var values = Records(typeof(PipelineOptions)).Concat(SinkKinds.All.Values.SelectMany(kind => Records(kind.OptionsType)))
            .SelectMany(Members).Select(m => Nullable.GetUnderlyingType(m.PropertyType) ?? m.PropertyType).Where(t => t.IsEnum)
            .SelectMany(Enum.GetNames).Select(JsonNamingPolicy.CamelCase.ConvertName);
        Assert.All(values, value => Assert.Contains($"`{value}`", Text));
    }

    [Fact]
    public void PipelineDocument_Example_IsValid()
    {
        var example = Regex.Match(Text, "```yaml\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
        var faults = new FaultList();
        Assert.NotNull(PipelineDocument.Read(example, faults));
        Assert.Empty(faults);
    }

    [Fact]
    public void Formats_CompleteExample_IsValid()
    {
        var text = File.ReadAllText(Path.Combine(Checkout.Root, "docs", "formats.md"));
        var example = Regex.Match(text, "```yaml\n(id: .*?)```", RegexOptions.Singleline).Groups[1].Value;
        var faults = new FaultList();
        Assert.NotNull(PipelineDocument.Read(example, faults));
        Assert.Empty(faults);
    }

    private static IEnumerable<Type> Records(Type type) =>
        Members(type).Select(m => Inner(m.PropertyType)).Where(t => t != type && t.Namespace!.StartsWith("ClickSink", StringComparison.Ordinal) && t.IsClass && t != typeof(Secret))
            .SelectMany(Records).Append(type).Distinct();

    private static Type Inner(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : type;

    private static IEnumerable<PropertyInfo> Members(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite);

    private static IEnumerable<string> Keys(Type type) => Members(type).Select(m => JsonNamingPolicy.CamelCase.ConvertName(m.Name));
}
