using System.Text;
using System.Text.Json;
using Orleans.Runtime;
using Orleans.Standin.Storage;

namespace Orleans.Standin.Tests;

/// <summary>Rows as the official packages 10.4 wrote them, copied from a database that their own silo ran on.</summary>
public sealed class OfficialRowTests
{
    [Theory]
    [InlineData("kept", -30565285, 0, 0, "kept")]
    [InlineData("a/b", -1099870246, 0, 0, "a/b")]
    [InlineData("12+x", -1007372436, 0, 0x12, "x")]
    [InlineData("12ab", -969162294, 0, 0x12ab, null)]
    [InlineData("FFFFFFFFFFFFFFFF", -641301823, 0, -1, null)]
    [InlineData("12345678901234567", -961997423, 0, 0, "12345678901234567")]
    [InlineData("0123456789abcdef0123456789abcdef", 226093389, -3607513408948976281, -1167088121787636991, null)]
    [InlineData("ünï", 692740790, 0, 0, "ünï")]
    public void StorageKey_OfAGrain_IsTheRowsKey(string key, int hash, long n0, long n1, string? extension) =>
        Assert.Equal(new StorageKey(n0, n1, extension, hash), StorageKey.Of(GrainId.Create("counter", key)));

    [Theory]
    [InlineData("counter/kept", 1516959811)]
    [InlineData("counter/ünï", 1282859264)]
    [InlineData("clock/keep", -1717520927)]
    public void GrainId_OnTheRing_IsWhereOrleansPutsIt(string grain, int hash) =>
        Assert.Equal(hash, unchecked((int)GrainId.Parse(grain).GetUniformHashCode()));

    [Fact]
    public void HashOfName_OfAState_IsTheRowsTypeHash() => Assert.Equal(828955236, StorageKey.HashOfName("count"));

    [Fact]
    public void OfficialJson_WithTypesListsAndReferences_BecomesPlain()
    {
        const string Payload = """
            {"$id":"1","$type":"A, B","Name":"n","List":{"$type":"L","$values":["a","b"]},"First":{"$id":"2","X":1},
             "Again":{"$ref":"2"},"Bytes":{"$type":"System.Byte[]","$value":"AQI="},"Nothing":null}
            """;

        Assert.True(OfficialJson.Is(Encoding.UTF8.GetBytes(Payload)));
        var simple = OfficialJson.Simplify(Encoding.UTF8.GetBytes(Payload));

        Assert.Equal(
            """{"Name":"n","List":["a","b"],"First":{"X":1},"Again":{"X":1},"Bytes":"AQI=","Nothing":null}""",
            JsonSerializer.Serialize(simple));
    }
}
