using System.Text;
using ClickSink.Engine.Columns;
using ClickSink.Engine.Columns.Parsing;
using Xunit;

namespace ClickSink.Tests.Unit.Columns;

public sealed class TimestampTests
{
    [Theory]
    [InlineData("1970-01-01", 0, 0, null)]
    [InlineData("1969-12-31", -86400, 0, null)]
    [InlineData("2024-02-29", 1709164800, 0, null)]
    [InlineData("2026-11-21T10:11", 1795255860, 0, null)]
    [InlineData("2026-11-21 10:11:12", 1795255872, 0, null)]
    [InlineData("2026-11-21t10:11:12z", 1795255872, 0, 0)]
    [InlineData("2026-11-21T10:11:12.3Z", 1795255872, 300_000_000, 0)]
    [InlineData("2026-11-21T10:11:12,345", 1795255872, 345_000_000, null)]
    [InlineData("2026-11-21T10:11:12.123456789987654321Z", 1795255872, 123_456_789, 0)]
    [InlineData("2026-11-21T10:11:12+01:00", 1795255872, 0, 3600)]
    [InlineData("2026-11-21T10:11:12-0530", 1795255872, 0, -19800)]
    [InlineData("2026-11-21T10:11:12.5 +02", 1795255872, 500_000_000, 7200)]
    [InlineData("2026-11-21T10:11+01:00", 1795255860, 0, 3600)]
    [InlineData("2026-11-21 10:11:12 UTC", 1795255872, 0, 0)]
    [InlineData("20261121", 1795219200, 0, null)]
    [InlineData("20261121101112", 1795255872, 0, null)]
    [InlineData("0001-01-01", -62135596800, 0, null)]
    [InlineData("9999-12-31T23:59:59", 253402300799, 0, null)]
    public void TryParse_Timestamp_IsRead(string text, long seconds, int nanoseconds, int? offset)
    {
        Assert.True(TimestampText.TryParse(Encoding.UTF8.GetBytes(text), out CivilTime time));
        Assert.Equal(new CivilTime(seconds, nanoseconds, offset), time);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-11-2")]
    [InlineData("2026-13-01")]
    [InlineData("2026-00-01")]
    [InlineData("2026-02-29")]
    [InlineData("1900-02-29")]
    [InlineData("2026-04-31")]
    [InlineData("2026-04-00")]
    [InlineData("0000-01-01")]
    [InlineData("2026-11-21T")]
    [InlineData("2026-11-21T10")]
    [InlineData("2026-11-21X10:11:12")]
    [InlineData("2026-11-21T24:00:00")]
    [InlineData("2026-11-21T10:60:00")]
    [InlineData("2026-11-21T10:11:60")]
    [InlineData("2026-11-21T10:11:12.")]
    [InlineData("2026-11-21T10:11:12.Z")]
    [InlineData("2026-11-21T10:11.5")]
    [InlineData("2026-11-21T10:11:12Zx")]
    [InlineData("2026-11-21T10:11:12+1")]
    [InlineData("2026-11-21T10:11:12+19:00")]
    [InlineData("2026-11-21T10:11:12+01:60")]
    [InlineData("2026-11-21T10:11:12+01-00")]
    [InlineData("2026-11-21T10:11:12 ")]
    [InlineData("2026/11/21")]
    [InlineData("20261321")]
    [InlineData("20261121996060")]
    [InlineData("2O26-11-21")]
    [InlineData("2026-11-21T1a:11:12")]
    public void TryParse_NoTimestamp_IsRefused(string text) => Assert.False(TimestampText.TryParse(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void TryParse_EveryDayOfFourCenturies_AgreesWithTheRuntime()
    {
        for (DateTime day = new(1899, 12, 31); day.Year < 2301; day = day.AddDays(1))
        {
            byte[] text = Encoding.UTF8.GetBytes(day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
            Assert.True(TimestampText.TryParse(text, out CivilTime time));
            Assert.Equal((day - DateTime.UnixEpoch).Days, time.Days);
        }
    }

    [Theory]
    [InlineData("0", 0, 0)]
    [InlineData("1795255872", 1795255872, 0)]
    [InlineData("1795255872.25", 1795255872, 250_000_000)]
    [InlineData("1.795255872e9", 1795255872, 0)]
    [InlineData("1.79525587225e9", 1795255872, 250_000_000)]
    [InlineData("99999999999", 99999999999, 0)]
    [InlineData("100000000000", 100000000, 0)]
    [InlineData("1795255872345", 1795255872, 345_000_000)]
    [InlineData("1795255872345.6789", 1795255872, 345_678_900)]
    [InlineData("1795255872345678", 1795255872, 345_678_000)]
    [InlineData("1795255872345678901", 1795255872, 345_678_901)]
    [InlineData("1795255872345678901.99", 1795255872, 345_678_901)]
    [InlineData("-1.25", -2, 750_000_000)]
    [InlineData("-1500", -1500, 0)]
    [InlineData("1e-30", 0, 0)]
    [InlineData("1e-50", 0, 0)]
    [InlineData("0.000000000123", 0, 0)]
    [InlineData("0.00000000123", 0, 1)]
    public void EpochNumber_Magnitude_TellsTheUnit(string text, long seconds, int nanoseconds)
    {
        Assert.True(NumberText.TryParse(Encoding.UTF8.GetBytes(text), out NumberText number));
        Assert.True(EpochNumber.TryRead(number, null, out long actualSeconds, out int actualNanoseconds));
        Assert.Equal(seconds, actualSeconds);
        Assert.Equal(nanoseconds, actualNanoseconds);
    }

    [Theory]
    [InlineData("1e20")]
    [InlineData("99999999999999999999999")]
    public void EpochNumber_BeyondSixtyFourBits_IsRefused(string text)
    {
        Assert.True(NumberText.TryParse(Encoding.UTF8.GetBytes(text), out NumberText number));
        Assert.False(EpochNumber.TryRead(number, null, out _, out _));
    }

    // The seconds are what ClickHouse 26.5 answers to toUnixTimestamp(toDateTime(text, zone)).
    [Theory]
    [InlineData("Europe/Berlin", "2026-07-01 12:00:00", 1782900000)]
    [InlineData("Europe/Berlin", "2026-01-01 12:00:00", 1767265200)]
    [InlineData("Europe/Berlin", "2025-10-26 02:30:00", 1761438600)]
    [InlineData("Europe/Berlin", "2025-03-30 02:30:00", 1743294600)]
    [InlineData("Asia/Kathmandu", "2026-01-01 12:00:00", 1767248100)]
    [InlineData("America/New_York", "2026-11-01 01:30:00", 1793511000)]
    [InlineData("America/New_York", "2026-03-08 02:30:00", 1772951400)]
    [InlineData("Australia/Lord_Howe", "2026-04-05 01:45:00", 1775313900)]
    [InlineData("Australia/Lord_Howe", "2026-10-04 02:15:00", 1791040500)]
    [InlineData("UTC", "2026-01-01 12:00:00", 1767268800)]
    public void AppendText_LocalTimeOfAZone_IsReadAsClickHouseDoes(string zone, string text, uint seconds)
    {
        Assert.True(ColumnType.TryParse($"DateTime('{zone}')", out ColumnType? type, out string? error), error);
        using var column = (DateTimeColumn)ColumnFactory.Create("t", type, BufferPool.Shared);
        Assert.Equal(AppendOutcome.Accepted, column.AppendText(Encoding.UTF8.GetBytes(text)));
        Assert.Equal(seconds, column.Values[0]);
    }
}
