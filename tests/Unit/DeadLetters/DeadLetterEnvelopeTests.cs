using System.Text.Json.Nodes;
using ClickSink.Engine.DeadLetters;
using Xunit;

namespace ClickSink.Tests.Unit.DeadLetters;

public sealed class DeadLetterEnvelopeTests
{
    [Fact]
    public void Write_Letter_HasEverythingAndSaysWhatWasCut()
    {
        var letter = new DeadLetter(3, 42, 1_795_000_000_123, "größer \"als\" erlaubt", "amount", "a.b", "12345", [1, 2], [0, 255, 7]) { PayloadBytes = 3, Headers = "[[\"h\",\"AA==\"]]" };
        var json = JsonNode.Parse(DeadLetterEnvelope.Write("orders", "t", 4, letter, maxPayload: 2, DateTimeOffset.UnixEpoch))!;
        Assert.Equal(
            """{"pipeline":"orders","pipelineVersion":4,"topic":"t","partition":3,"offset":42,"timestamp":1795000000123,"rejectedAt":"1970-01-01T00:00:00+00:00","column":"amount","path":"a.b","value":"12345","headers":[["h","AA=="]],"key":"AQI=","payload":"AP8=","payloadBytes":3}""",
            Without(json, "reason").ToJsonString(
                new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        Assert.Equal(
            letter.Reason, (string?)JsonNode.Parse(DeadLetterEnvelope.Write("p", "t", 1, letter, 9, DateTimeOffset.UnixEpoch))!["reason"]);
    }

    private static JsonNode Without(JsonNode node, string key)
    {
        node.AsObject().Remove(key);
        return node;
    }
}
