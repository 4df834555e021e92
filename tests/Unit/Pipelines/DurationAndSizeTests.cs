using ClickSink.Engine.Pipelines;
using Xunit;

namespace ClickSink.Tests.Unit.Pipelines;

public sealed class DurationAndSizeTests
{
    [Theory]
    [InlineData("0ms", 0, "0ms")]
    [InlineData("250ms", 250, "250ms")]
    [InlineData("1s", 1000, "1s")]
    [InlineData("1.5s", 1500, "1500ms")]
    [InlineData("5m", 300_000, "5m")]
    [InlineData("90m", 5_400_000, "90m")]
    [InlineData("2h", 7_200_000, "2h")]
    [InlineData("7d", 604_800_000, "7d")]
    public void Duration_Valid_IsReadAndPrinted(string text, long milliseconds, string printed)
    {
        Assert.True(Duration.TryParse(text, out var duration));
        Assert.Equal(milliseconds, (long)duration.TotalMilliseconds);
        Assert.Equal(printed, Duration.Format(duration));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("5")]
    [InlineData("s")]
    [InlineData("ms")]
    [InlineData("-1s")]
    [InlineData("1 s")]
    [InlineData("1S")]
    [InlineData("1s1s")]
    [InlineData("1e3s")]
    [InlineData("NaNs")]
    [InlineData("Infinityd")]
    [InlineData("∞s")]
    [InlineData("99999999999999d")]
    [InlineData("1,5s")]
    public void Duration_Invalid_IsRefused(string? text) => Assert.False(Duration.TryParse(text, out _));

    [Theory]
    [InlineData("0", 0, "0B")]
    [InlineData("4096", 4096, "4KiB")]
    [InlineData("4097B", 4097, "4097B")]
    [InlineData("64MiB", 64L << 20, "64MiB")]
    [InlineData("1.5 KiB", 1536, "1536B")]
    [InlineData("1GB", 1_000_000_000, "1000000000B")]
    [InlineData("2kB", 2000, "2000B")]
    [InlineData("2KB", 2000, "2000B")]
    [InlineData("3GiB", 3L << 30, "3GiB")]
    public void ByteSize_Valid_IsReadAndPrinted(string text, long bytes, string printed)
    {
        Assert.True(ByteSize.TryParse(text, out var size));
        Assert.Equal(bytes, size.Bytes);
        Assert.Equal(printed, size.ToString());
        Assert.True(ByteSize.TryParse(printed, out var again));
        Assert.Equal(size, again);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("MiB")]
    [InlineData("-1")]
    [InlineData("1 TiB")]
    [InlineData("1mib")]
    [InlineData("1e3")]
    [InlineData("99999999999GiB")]
    [InlineData("9999999999999999999999999999999999B")]
    public void ByteSize_Invalid_IsRefused(string? text) => Assert.False(ByteSize.TryParse(text, out _));
}
