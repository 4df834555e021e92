using System.Text;
using ClickSink.Engine.Columns.Parsing;
using ClickSink.Engine.Mapping;
using ClickSink.Engine.Pipelines;
using ClickSink.Tests.Unit.Formats;
using Xunit;

namespace ClickSink.Tests.Unit.Columns;

public sealed class TimestampFormatTests
{
    [Theory]
    [InlineData("epochMillis", "DateTime64(3)", "50000000000", "50000000000")]
    [InlineData("epochSeconds", "DateTime64(3)", "1795255872.5", "1795255872500")]
    [InlineData("epochMillis", "DateTime64(3)", "1500", "1500")]
    [InlineData("epochMillis", "DateTime64(3)", "\"1500\"", "1500")]
    [InlineData("epochMicros", "DateTime64(6)", "1500", "1500")]
    [InlineData("epochNanos", "DateTime64(9)", "1500", "1500")]
    [InlineData("epochMillis", "Date", "86400000", "1")]
    [InlineData("epochSeconds", "Date", "86400", "1")]
    [InlineData("epochDays", "DateTime", "2", "172800")]
    [InlineData("epochDays", "Date32", "-1", "-1")]
    [InlineData("auto", "DateTime", "1795255872", "1795255872")]
    [InlineData("dd/MM/yyyy HH:mm:ss", "DateTime", "\"21/11/2026 10:11:12\"", "1795255872")]
    [InlineData("d.M.yy H:m", "DateTime", "\"21.11.26 10:11\"", "1795255860")]
    [InlineData("MM-dd-yyyy hh:mm:ss a", "DateTime", "\"11-21-2026 10:11:12 AM\"", "1795255872")]
    [InlineData("MM-dd-yyyy h:mm:ss a", "DateTime", "\"11-21-2026 12:11:12 am\"", "1795219872")]
    [InlineData("MM-dd-yyyy h:mm:ss a", "DateTime", "\"11-21-2026 12:11:12 pm\"", "1795263072")]
    [InlineData("EEE MMM dd HH:mm:ss yyyy", "DateTime", "\"Sat Nov 21 10:11:12 2026\"", "1795255872")]
    [InlineData("dd/MMM/yyyy:HH:mm:ss X", "DateTime", "\"21/Nov/2026:11:11:12 +0100\"", "1795255872")]
    [InlineData("yyyy-MM-dd'T'HH:mm:ss.SSSX", "DateTime64(3)", "\"2026-11-21T10:11:12.3456Z\"", "1795255872345")]
    [InlineData("yyyyMMdd", "Date", "20261121", "20778")]
    [InlineData("yyyyMMddHHmmss", "DateTime", "20261121101112", "1795255872")]
    [InlineData("auto", "DateTime", "\"Sat, 21 Nov 2026 10:11:12 GMT\"", "1795255872")]
    [InlineData("auto", "DateTime", "\"21 Nov 2026 11:11:12 +0100\"", "1795255872")]
    [InlineData("auto", "Date", "\"Sat, 21 Nov 2026 23:11:12 -0500\"", "20778")]
    [InlineData("dd/MM/yyyy", "Array(Nullable(Date))", "[\"21/11/2026\",null]", "[20778,null]")]
    public void TryDecode_ValueOfTheFormat_IsStored(string format, string type, string json, string expected)
    {
        using var decoder = new DecoderHarness(new ColumnMapping { Name = "t", Type = type, Format = format });
        decoder.Accept($$"""{"t":{{json}}}""");
        Assert.Equal(expected, decoder[0, 0]);
    }

    [Theory]
    [InlineData("epochMillis", "DateTime", "\"2026-11-21\"", "is not a timestamp")]
    [InlineData("epochSeconds", "DateTime", "1795255872000", "is outside of the type's range")]
    [InlineData("epochDays", "Date", "1e30", "is outside of the type's range")]
    [InlineData("dd/MM/yyyy", "Date", "\"2026-11-21\"", "is not a date")]
    [InlineData("dd/MM/yyyy", "Date", "\"31/02/2026\"", "is not a date")]
    [InlineData("dd/MM/yyyy", "Date", "\"21/11/2026 \"", "is not a date")]
    [InlineData("dd/MM/yyyy", "Date", "20778", "is not a date")]
    [InlineData("yyyy-MM-dd hh:mm a", "DateTime", "\"2026-11-21 13:00 pm\"", "is not a timestamp")]
    [InlineData("yyyy-MM-dd HH:mm", "DateTime", "\"2026-11-21 24:00\"", "is not a timestamp")]
    [InlineData("yyyy-MM-dd HH:mm", "DateTime", "\"2026-11-21 1\"", "is not a timestamp")]
    public void TryDecode_OtherValue_IsRejected(string format, string type, string json, string reason)
    {
        using var decoder = new DecoderHarness(new ColumnMapping { Name = "t", Type = type, Format = format });
        Assert.EndsWith(reason, decoder.Reject($$"""{"t":{{json}}}""").Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "DateTime", "1795255872")]
    [InlineData("Europe/Berlin", "DateTime", "1795252272")]
    [InlineData("Europe/Berlin", "DateTime('America/New_York')", "1795252272")]
    [InlineData(null, "DateTime('Europe/Berlin')", "1795252272")]
    public void TryDecode_TextWithoutOffset_IsOfTheZoneOfMappingThenType(string? zone, string type, string expected)
    {
        using var decoder = new DecoderHarness(new ColumnMapping { Name = "t", Type = type, Zone = zone });
        decoder.Accept("""{"t":"2026-11-21 10:11:12"}""");
        decoder.Accept("""{"t":"2026-11-21 10:11:12Z"}""");
        Assert.Equal(expected, decoder[0, 0]);
        Assert.Equal("1795255872", decoder[0, 1]);
    }

    [Theory]
    [InlineData("DateTime", "epochHours", null, null, "columns[0].format: must be auto, one of epochDays")]
    [InlineData("DateTime", "yyyy-MM", null, null, "columns[0].format: a pattern needs year, month and day")]
    [InlineData("DateTime", "yyyy-MM-dd hh:mm", null, null, "columns[0].format: hours of half a day (h) and am or pm (a) go together")]
    [InlineData("DateTime", "yyyy-MM-dd QQ", null, null, "columns[0].format: QQ is not a field")]
    [InlineData("DateTime", "yyyy-MM-dd dd", null, null, "columns[0].format: a pattern has each field once")]
    [InlineData("DateTime", "yyyy-MM-dd 'x", null, null, "columns[0].format: a quote is not closed")]
    [InlineData("UInt8", "epochMillis", null, null, "columns[0].format: UInt8 holds no timestamps and no dates")]
    [InlineData("DateTime", "epochMillis", null, "$kafka.timestamp", "columns[0].format: $kafka.timestamp is no text of the message")]
    [InlineData("DateTime", null, "Mars/Olympus", null, "columns[0].zone: is not known to this machine")]
    [InlineData("Date", null, "UTC", null, "columns[0].zone: Date holds no timestamps")]
    public void TryCompile_UnfitOption_IsAFaultAtItsPlace(string type, string? format, string? zone, string? path, string expected)
    {
        List<Fault> faults = [];
        ColumnMapping column = new() { Name = "t", Type = type, Format = format, Zone = zone, Path = path };
        Assert.False(MappingPlan.TryCompile(new MappingOptions { Columns = [column] }, out _, faults));
        Assert.StartsWith(expected, string.Join("; ", faults.Select(fault => $"{fault.Path}: {fault.Rule}")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.2.3.4", "1.2.3.4")]
    [InlineData("::", "::")]
    [InlineData("::1", "::1")]
    [InlineData("1::", "1::")]
    [InlineData("2001:db8::8:800:200c:417a", "2001:db8::8:800:200c:417a")]
    [InlineData("2001:DB8:0:0:8:800:200C:417A", "2001:db8::8:800:200c:417a")]
    [InlineData("::ffff:129.144.52.38", "::ffff:129.144.52.38")]
    [InlineData("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0")]
    public void AddressText_Address_IsReadAsTheRuntimeReadsIt(string text, string expected)
    {
        Assert.True(AddressText.TryParseV6(Encoding.UTF8.GetBytes(text), out UInt128 address));
        byte[] bytes = new byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, address);
        var actual = new System.Net.IPAddress(bytes);
        var wanted = System.Net.IPAddress.Parse(expected);
        Assert.Equal(wanted.MapToIPv6(), actual);
    }

    [Theory]
    [InlineData("")]
    [InlineData(":")]
    [InlineData(":1")]
    [InlineData("1:")]
    [InlineData("1:2:3:4:5:6:7")]
    [InlineData("1:2:3:4:5:6:7:8:9")]
    [InlineData("1::2::3")]
    [InlineData("12345::")]
    [InlineData("g::")]
    [InlineData(":::")]
    [InlineData("::1%eth0")]
    [InlineData("::1.2.3")]
    [InlineData("1.2.3.256")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.4.5")]
    [InlineData("01.2.3.4")]
    [InlineData("1.2.3.4:80")]
    public void AddressText_NoAddress_IsRefused(string text) => Assert.False(AddressText.TryParseV6(Encoding.UTF8.GetBytes(text), out _));
}
