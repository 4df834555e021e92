using ClickSink.Engine.DeadLetters;
using ClickSink.Engine.Formats;
using Xunit;

namespace ClickSink.Tests.Unit.DeadLetters;

public sealed class LetterHeadersTests
{
    [Fact]
    public void Write_AndPack_IsTheSame()
    {
        var headers = new MessageHeaderBuffer();
        headers.Add("a\"b"u8, [0, 255]);
        headers.Add("empty"u8, []);
        headers.Add("none"u8, [], isNull: true);
        headers.Add("a\"b"u8, "twice"u8);

        var text = LetterHeaders.Write(headers.Headers);

        Assert.Equal(
            ["a\"b:00FF", "empty:", "none:null", "a\"b:7477696365"],
            LetterHeaders.Read(text).Select(h => $"{h.Name}:{(h.Value is null ? "null" : Convert.ToHexString(h.Value))}"));
        var packed = LetterHeaders.Pack(text);
        Assert.True(packed.Headers.TryGetLast("a\"b"u8, out var value));
        Assert.Equal("twice"u8, value);
        Assert.False(packed.Headers.TryGetLast("none"u8, out _));
        Assert.Equal(text, LetterHeaders.Write(packed.Headers));
    }

    [Fact]
    public void Write_None_IsEmpty()
    {
        Assert.Equal("", LetterHeaders.Write(default));
        Assert.True(LetterHeaders.Pack("").Headers.IsEmpty);
    }
}
