using ClickSink.Embedded.Chdb;
using ClickSink.Embedded.Http;
using Xunit;

namespace ClickSink.Tests.Integration.Embedded;

public sealed class QueryFaultTests
{
    [Theory]
    [InlineData("Code: 60. DB::Exception: Unknown table 'x'. (UNKNOWN_TABLE)", 60, "UNKNOWN_TABLE", "Unknown table 'x'.")]
    [InlineData(
        "Code: 33. DB::Exception: Code: 33. DB::Exception: Cannot read all data: (in file/uri /d/clicksink-spool/1): While executing Native: While executing File: data for INSERT was parsed from file. (CANNOT_READ_ALL_DATA) (version 26.5.1.1). (CANNOT_READ_ALL_DATA)",
        33, "CANNOT_READ_ALL_DATA", "Cannot read all data: While executing Native.")]
    [InlineData("Code: 73. DB::Exception: Code: 73. DB::Exception: Code: 73. DB::Exception: No (x) (A_B) (version 26.5.1.1). (A_B) (version 26.5.1.1). (A_B)", 73, "A_B", "No (x)")]
    [InlineData("Something else", 1001, "STD_EXCEPTION", "Something else")]
    [InlineData("", 1001, "STD_EXCEPTION", "")]
    public void FromEngine_Text_TakenApart(string text, int code, string name, string message) => Assert.Equal(new QueryFault(code, name, message), QueryFault.FromEngine(text));

    [Fact]
    public void ToText_AsClickHouseWritesIt() =>
        Assert.Equal("Code: 60. DB::Exception: No table. (UNKNOWN_TABLE) (version 1.2 (chDB))\n", new QueryFault(60, "UNKNOWN_TABLE", "No table").ToText("1.2"));

    [Theory]
    [InlineData(60, 404)]
    [InlineData(62, 400)]
    [InlineData(516, 403)]
    [InlineData(194, 401)]
    [InlineData(159, 408)]
    [InlineData(241, 500)]
    [InlineData(535, 500)]
    public void StatusFor_Code_AsInClickHouse(int code, int status) => Assert.Equal(status, HttpStatusMap.StatusFor(code));
}
