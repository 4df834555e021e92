using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using ClickSink.Engine.Formats;
using Xunit;
using static ClickSink.Tests.Unit.Formats.DecoderHarness;

namespace ClickSink.Tests.Unit.Formats;

/// <summary>
/// The decoder against System.Text.Json: random documents, most of them damaged, must be accepted by both or by none, and give the same
/// values. The seeds are fixed, so a failure comes back.
/// </summary>
public sealed class JsonFuzzTests
{
    private const int Documents = 6_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void TryDecode_RandomAndDamagedDocuments_AgreesWithSystemTextJson(int seed)
    {
        var random = new Random(seed);
        var generator = new RandomJson(random);
        using var decoder = new DecoderHarness(
            Column("a", "Nullable(String)"),
            Column("ab", "Nullable(String)", "a.b"),
            Column("b", "Nullable(Float64)"),
            Column("c", "LowCardinality(Nullable(String))"),
            Column("first", "Nullable(String)", "c[1]"),
            Column("deep", "Nullable(String)", "a.c[0].b"));
        int accepted = 0;
        for (int i = 0; i < Documents; i++)
        {
            byte[] json = generator.NextObject();
            if (random.Next(3) > 0) json = generator.Damage(json);
            using JsonDocument? expected = Parse(json);
            bool decoded = decoder.TryDecode(json, out RowFault? fault);

            // A value that is no float ends the reading, whatever follows it: that is the mapping's matter, not the grammar's.
            if (fault?.Column == "b") continue;
            Assert.True(decoded == expected is not null, $"{(decoded ? "accepted" : fault!.Reason)}: {Encoding.Latin1.GetString(json)}");
            if (expected is null) continue;
            accepted++;
            Compare(expected.RootElement, decoder, json);
            if (decoder.Rows == 200) decoder.Block.Clear();
        }

        Assert.InRange(accepted, Documents / 5, Documents);
    }

    /// <summary>
    /// Values that are made of others are read by loops of their own. Their types refuse many of these documents, but only ever with a
    /// reason that is not the grammar's, and a document that is no JSON never gets through.
    /// </summary>
    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void TryDecode_IntoCompositeColumns_AgreesWithSystemTextJsonOnTheGrammar(int seed)
    {
        var random = new Random(seed);
        var generator = new RandomJson(random);
        int accepted = 0, refusedAsJson = 0;
        for (int i = 0; i < Documents; i++)
        {
            byte[] json = generator.NextObject();
            if (random.Next(3) > 0) json = generator.Damage(json);
            string[] types = ["Map(String, String)", "Array(String)", "Dynamic", "Array(Dynamic)",
                "Tuple(a String, b Array(String), c Map(String, Dynamic))", "JSON"];
            using var decoder = new DecoderHarness(
                Column("a", types[random.Next(types.Length)]), Column("b", types[random.Next(types.Length)]), Column("c",
                    types[random.Next(types.Length)]));
            using JsonDocument? expected = Parse(json);
            bool decoded = decoder.TryDecode(json, out RowFault? fault);
            string text = $"{fault?.Reason ?? "accepted"}: {Encoding.Latin1.GetString(json)}";
            Assert.False(decoded && expected is null, text);
            if (expected is not null && !decoded) Assert.True(fault!.Column is not null, text);
            if (decoded) accepted++;
            else if (fault!.Column is null) refusedAsJson++;
        }

        Assert.InRange(accepted, Documents / 20, Documents);
        Assert.InRange(refusedAsJson, Documents / 20, Documents);
    }

    /// <summary>What a strict reader makes of it: valid UTF-8, valid grammar, every text decodable, an object or objects.</summary>
    private static JsonDocument? Parse(byte[] json)
    {
        if (!Utf8.IsValid(json)) return null;
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json);
        }
        catch (JsonException)
        {
            return null;
        }

        JsonElement root = document.RootElement;
        bool isRow = root.ValueKind == JsonValueKind.Object && HasOnlyText(root);
        if (isRow) return document;
        document.Dispose();
        return null;
    }

    private static bool HasOnlyText(JsonElement value)
    {
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.Object => value.EnumerateObject().All(member => member.Name.Length >= 0 && HasOnlyText(member.Value)),
                JsonValueKind.Array => value.EnumerateArray().All(HasOnlyText),
                JsonValueKind.String => value.GetString() is not null,
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static void Compare(JsonElement root, DecoderHarness decoder, byte[] json)
    {
        int row = decoder.Rows - 1;
        JsonElement? a = Member(root, "a");
        JsonElement? c = Member(root, "c");
        string text = Encoding.UTF8.GetString(json);
        Assert.True(AsText(a) == decoder[0, row], text);
        Assert.True(AsText(Member(a, "b")) == decoder[1, row], text);
        Assert.True(AsFloat(Member(root, "b")) == decoder[2, row], text);
        Assert.True(AsText(c) == decoder[3, row], text);
        Assert.True(AsText(Element(c, 1)) == decoder[4, row], text);
        Assert.True(AsText(Member(Element(Member(a, "c"), 0), "b")) == decoder[5, row], text);
    }

    private static JsonElement? Member(JsonElement? value, string name) =>
        value is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty(name, out JsonElement member) ? member : null;

    private static JsonElement? Element(JsonElement? value, int index) =>
        value is { ValueKind: JsonValueKind.Array } found && found.GetArrayLength() > index ? found[index] : null;

    private static string? AsText(JsonElement? value) => value?.ValueKind switch
    {
        null or JsonValueKind.Null => null,
        JsonValueKind.String => value.Value.GetString(),
        _ => value.Value.GetRawText(),
    };

    private static string? AsFloat(JsonElement? value) => value?.ValueKind switch
    {
        null or JsonValueKind.Null => null,
        JsonValueKind.True => "1",
        JsonValueKind.False => "0",
        JsonValueKind.String =>
            double.Parse(value.Value.GetString()!, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture),
        _ => value.Value.GetDouble().ToString("R", CultureInfo.InvariantCulture),
    };
}
