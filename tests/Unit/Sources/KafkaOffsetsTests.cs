using ClickSink.Engine.Sources.Kafka;
using Xunit;

namespace ClickSink.Tests.Unit.Sources;

public sealed class KafkaOffsetsTests
{
    [Theory]
    [InlineData(null, null, true)]
    [InlineData("true", "0.9.0.1", true)]
    [InlineData("false", "0.9.0.1", false)]
    [InlineData("false", null, false)]
    [InlineData("false", "0.10.0", false)]
    [InlineData("false", "0.10.1", true)]
    [InlineData("false", "2.8.0", true)]
    public void WhyNoTimes_Broker_IsAskedForTimesOnlyWhenItHasThem(string? asks, string? version, bool hasTimes)
    {
        var properties = new Dictionary<string, string>();
        if (asks is not null) properties["api.version.request"] = asks;
        if (version is not null) properties["broker.version.fallback"] = version;
        var why = KafkaOffsets.WhyNoTimes(new KafkaSourceOptions { Brokers = "b:1", Topic = "t", Properties = properties });
        Assert.Equal(hasTimes, why is null);
        if (why is not null) Assert.Contains("earliest, latest or to offsets", why);
    }
}
