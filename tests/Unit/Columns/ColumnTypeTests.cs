using ClickSink.Engine.Columns;
using Xunit;

namespace ClickSink.Tests.Unit.Columns;

public sealed class ColumnTypeTests
{
    [Theory]
    [InlineData("String", "String")]
    [InlineData(" UInt64 ", "UInt64")]
    [InlineData("UUID", "UUID")]
    [InlineData("DateTime", "DateTime")]
    [InlineData("DateTime( 'Europe/Berlin' )", "DateTime('Europe/Berlin')")]
    [InlineData("DateTime64", "DateTime64(3)")]
    [InlineData("DateTime64(9)", "DateTime64(9)")]
    [InlineData("DateTime64(6,'UTC')", "DateTime64(6, 'UTC')")]
    [InlineData("Decimal(9,2)", "Decimal(9, 2)")]
    [InlineData("Decimal(5)", "Decimal(5, 0)")]
    [InlineData("Decimal32(4)", "Decimal(9, 4)")]
    [InlineData("Decimal64(4)", "Decimal(18, 4)")]
    [InlineData("Decimal128(0)", "Decimal(38, 0)")]
    [InlineData("Decimal256(76)", "Decimal(76, 76)")]
    [InlineData("Nullable(Decimal(9,2))", "Nullable(Decimal(9, 2))")]
    [InlineData("LowCardinality(Nullable(String))", "LowCardinality(Nullable(String))")]
    [InlineData("Array(Array(UInt8))", "Array(Array(UInt8))")]
    [InlineData("Map(String,Array(Int32))", "Map(String, Array(Int32))")]
    [InlineData("Tuple(UInt8,String)", "Tuple(UInt8, String)")]
    [InlineData("Tuple(a UInt8, `b c` Nullable(String))", "Tuple(a UInt8, `b c` Nullable(String))")]
    [InlineData("Nested(a UInt8, b Array(String))", "Nested(a UInt8, b Array(String))")]
    [InlineData("Enum8('b' = -2,'a'=1)", "Enum8('b' = -2, 'a' = 1)")]
    [InlineData("Enum('x', 'it\\'s')", "Enum8('x' = 1, 'it\\'s' = 2)")]
    [InlineData("Enum('x' = 1000)", "Enum16('x' = 1000)")]
    [InlineData("FixedString(16)", "FixedString(16)")]
    [InlineData("LowCardinality(Nullable(UInt16))", "LowCardinality(Nullable(UInt16))")]
    [InlineData("LowCardinality(FixedString(2))", "LowCardinality(FixedString(2))")]
    [InlineData("Variant(UInt64, String, Array(UInt8))", "Variant(Array(UInt8), String, UInt64)")]
    [InlineData("JSON", "JSON")]
    [InlineData("JSON(a.b UInt32, SKIP c, SKIP REGEXP 'x)y', max_dynamic_paths=8)", "JSON(a.b UInt32, SKIP c, SKIP REGEXP 'x)y', max_dynamic_paths=8)")]
    [InlineData("Dynamic(max_types=8)", "Dynamic(max_types=8)")]
    [InlineData("Array(Point)", "Array(Point)")]
    [InlineData("MultiPolygon", "MultiPolygon")]
    [InlineData("Time64(6)", "Time64(6)")]
    [InlineData("SimpleAggregateFunction(sum, UInt64)", "SimpleAggregateFunction(sum, UInt64)")]
    public void TryParse_KnownType_WritesItAsClickHouseDoes(string text, string canonical)
    {
        Assert.True(ColumnType.TryParse(text, out ColumnType? type, out string? error), error);
        Assert.Equal(canonical, type.ToString());
        Assert.True(ColumnType.TryParse(canonical, out ColumnType? again, out _));
        Assert.Equal(type, again);
    }

    [Theory]
    [InlineData("", "is not written as a ClickHouse type")]
    [InlineData("String)", "is not written as a ClickHouse type")]
    [InlineData("Decimal(9, 2", "is not written as a ClickHouse type")]
    [InlineData("DateTime('UTC", "is not written as a ClickHouse type")]
    [InlineData("Int", "\"Int\" is not a type that columns can be built for; known are String")]
    [InlineData("string", "\"string\" is not a type that columns can be built for")]
    [InlineData("'String'", "a quoted text or a setting stands where a type is needed")]
    [InlineData("String(3)", "String takes no arguments")]
    [InlineData("DateTime(3)", "DateTime takes a time zone in quotes")]
    [InlineData("DateTime('Mars/Olympus')", "the time zone \"Mars/Olympus\" is not known")]
    [InlineData("DateTime64(10)", "0 to 9")]
    [InlineData("DateTime64('UTC')", "0 to 9")]
    [InlineData("DateTime64(3, 3)", "0 to 9")]
    [InlineData("Decimal", "Decimal takes its precision")]
    [InlineData("Decimal(77, 2)", "Decimal takes its precision, 1 to 76")]
    [InlineData("Decimal(4, 5)", "scale, 0 to the precision")]
    [InlineData("Decimal32(10)", "Decimal32 takes its scale, 0 to 9")]
    [InlineData("Nullable", "Nullable takes one type")]
    [InlineData("Nullable(Nullable(String))", "Nullable cannot hold Nullable")]
    [InlineData("Nullable(LowCardinality(String))", "LowCardinality(Nullable(...)) is the order")]
    [InlineData("Nullable(Strin)", "\"Strin\" is not a type")]
    [InlineData("LowCardinality(Decimal(9, 2))", "LowCardinality cannot hold Decimal")]
    [InlineData("LowCardinality(Array(String))", "LowCardinality cannot hold Array")]
    [InlineData("Nullable(Array(String))", "Nullable cannot hold Array")]
    [InlineData("Array", "Array takes one type")]
    [InlineData("Array(a UInt8)", "Array takes one type")]
    [InlineData("Map(String)", "Map takes a key type and a value type")]
    [InlineData("Map(Nullable(String), String)", "Map cannot have keys of Nullable(String)")]
    [InlineData("Tuple(a UInt8, String)", "Tuple has names for all of its types or for none")]
    [InlineData("Tuple(a UInt8, a UInt8)", "Tuple has the name a twice")]
    [InlineData("Tuple()", "is not written as a ClickHouse type")]
    [InlineData("Nested(UInt8)", "Nested takes fields")]
    [InlineData("Variant(Nullable(UInt8))", "Variant cannot hold Nullable(UInt8)")]
    [InlineData("Variant(UInt8, UInt8)", "Variant has a type twice")]
    [InlineData("Enum8('a' = 128)", "Enum8 has no room for the number 128 of 'a'")]
    [InlineData("Enum8('a' = 1, 'a' = 2)", "a name or a number twice")]
    [InlineData("Enum8(a)", "Enum8 takes names in quotes")]
    [InlineData("FixedString(0)", "FixedString takes its number of bytes")]
    [InlineData("AggregateFunction(sum, UInt64)", "\"AggregateFunction\" is not a type that columns can be built for")]
    [InlineData("JSON(a UInt8", "is not written as a ClickHouse type")]
    [InlineData("LowCardinality(String, String)", "LowCardinality takes one type")]
    public void TryParse_Unfit_SaysWhy(string text, string error)
    {
        Assert.False(ColumnType.TryParse(text, out ColumnType? type, out string? actual));
        Assert.Null(type);
        Assert.Contains(error, actual, StringComparison.Ordinal);
    }

    [Fact]
    public void TryParse_NestedBeyondReason_IsRefused()
    {
        string text = string.Concat(Enumerable.Repeat("Nullable(", 10_000)) + "String" + new string(')', 10_000);
        Assert.False(ColumnType.TryParse(text, out _, out _));
    }

    [Theory]
    [InlineData("String", false)]
    [InlineData("Nullable(String)", true)]
    [InlineData("LowCardinality(String)", false)]
    [InlineData("LowCardinality(Nullable(String))", true)]
    public void IsNullable_LooksThroughLowCardinality(string text, bool expected)
    {
        Assert.True(ColumnType.TryParse(text, out ColumnType? type, out _));
        Assert.Equal(expected, type.IsNullable);
    }
}
