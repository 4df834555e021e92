using System.Text;
using ClickSink.Engine.Columns.Parsing;
using Xunit;

namespace ClickSink.Tests.Unit.Columns;

public sealed class UuidTextTests
{
    [Fact]
    public void TryParse_RandomUuids_AgreesWithTheRuntime()
    {
        var random = new Random(30);
        byte[] bytes = new byte[16];
        for (int i = 0; i < 5_000; i++)
        {
            random.NextBytes(bytes);
            var expected = new Guid(bytes);
            string text = expected.ToString(random.Next(2) == 0 ? "D" : "N");
            if (random.Next(2) == 0) text = text.ToUpperInvariant();
            Assert.True(UuidText.TryParse(Encoding.ASCII.GetBytes(text), out ulong first, out ulong second));
            Assert.Equal(expected, new Guid($"{first:x16}{second:x16}"));
        }
    }

    [Fact]
    public void TryParse_AnyByteAtAnyPlace_IsTakenOnlyIfItBelongsThere()
    {
        const string Text = "00112233-4455-6677-8899-aabbccddeeff";
        for (int at = 0; at < Text.Length; at++)
        {
            for (int b = 0; b < 256; b++)
            {
                byte[] text = Encoding.ASCII.GetBytes(Text);
                text[at] = (byte)b;
                bool expected = Text[at] == '-' ? b == '-' : char.IsAsciiHexDigit((char)b);
                Assert.True(expected == UuidText.TryParse(text, out _, out _), $"byte {b} at {at}");
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("00112233-4455-6677-8899-aabbccddeef")]
    [InlineData("00112233-4455-6677-8899-aabbccddeefff")]
    [InlineData("{0112233-4455-6677-8899-aabbccddeeff}")]
    [InlineData("0011223344556677-8899-aabbccddeeff-00")]
    public void TryParse_OtherForms_AreRefused(string text) => Assert.False(UuidText.TryParse(Encoding.ASCII.GetBytes(text), out _, out _));
}
