using System.Text;
using ClickSink.Engine.Pipelines;
using Xunit;
using static ClickSink.Tests.Unit.Formats.FormatHarness;

namespace ClickSink.Tests.Unit.Formats;

/// <summary>JSON behind the id of a schema.</summary>
public sealed class SchemaIdTests
{
    [Fact]
    public void TryDecode_SchemaId_IsSkipped()
    {
        using var harness = new FormatHarness(new FormatOptions { Json = new() { SchemaId = true } }, Column("a", "Int32"));
        harness.Accept([0, 0, 0, 1, 2, .. Encoding.UTF8.GetBytes("{\"a\":5}")]);
        Assert.Equal(["5"], harness.Text);
        Assert.Contains("it begins with byte 0x7B", harness.Reject("{\"a\":5}").Reason);
    }
}
