using System.Globalization;
using System.Numerics;
using System.Text;
using ClickSink.Engine.Columns;
using ClickSink.Engine.Columns.Parsing;
using ClickSink.Tests.Unit.Formats;
using Xunit;

namespace ClickSink.Tests.Unit.Columns;

public sealed class NumberTextTests
{
    [Theory]
    [InlineData("0", 0UL, 0, false, false)]
    [InlineData("-0", 0UL, 0, true, false)]
    [InlineData("-12", 12UL, 0, true, false)]
    [InlineData("1.50", 150UL, -2, false, false)]
    [InlineData("1e3", 1UL, 3, false, false)]
    [InlineData("1.5E-7", 15UL, -8, false, false)]
    [InlineData("1e+2", 1UL, 2, false, false)]
    [InlineData("9999999999999999999", 9999999999999999999UL, 0, false, false)]
    [InlineData("18446744073709551615", 1844674407370955161UL, 1, false, true)]
    [InlineData("10000000000000000000000", 1000000000000000000UL, 4, false, false)]
    [InlineData("0.00000000000000000000012", 12UL, -23, false, false)]
    [InlineData("1.00000000000000000000", 1000000000000000000UL, -18, false, false)]
    [InlineData("1e99999999999999999999", 1UL, int.MaxValue, false, false)]
    public void TryParse_Number_IsTakenApart(string text, ulong digits, int exponent, bool negative, bool cut)
    {
        Assert.True(NumberText.TryParse(Encoding.UTF8.GetBytes(text), out NumberText number));
        Assert.Equal(digits, number.Digits);
        if (exponent == int.MaxValue)
            Assert.InRange(number.Exponent, 1000, int.MaxValue);
        else
            Assert.Equal(exponent, number.Exponent);
        Assert.Equal(negative, number.IsNegative);
        Assert.Equal(cut, number.IsCut);
        Assert.Equal(text, Encoding.UTF8.GetString(number.Text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("+")]
    [InlineData("+-1")]
    [InlineData(".5")]
    [InlineData("1.")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1 ")]
    [InlineData(" 1")]
    [InlineData("0x10")]
    [InlineData("1,5")]
    [InlineData("NaN")]
    public void TryParse_NoNumber_IsRefused(string text) => Assert.False(NumberText.TryParse(Encoding.UTF8.GetBytes(text), out _));

    [Theory]
    [InlineData("+5", 5UL)]
    [InlineData("007", 7UL)]
    [InlineData("0000000000000000000000042", 42UL)]
    public void TryParse_PlusAndLeadingZeros_AreTakenFromText(string text, ulong digits)
    {
        Assert.True(NumberText.TryParse(Encoding.UTF8.GetBytes(text), out NumberText number));
        Assert.Equal(digits, number.Digits);
        Assert.False(number.IsCut);
    }

    [Theory]
    [InlineData("01")]
    [InlineData("-01")]
    [InlineData("+1")]
    [InlineData("00.5")]
    public void Scan_LeadingZeroOrPlus_IsNoJson(string text) => Assert.Equal(-1, NumberText.Scan(Encoding.UTF8.GetBytes(text), 0, out _));

    [Fact]
    public void Scan_InsideOfText_EndsBehindTheNumber()
    {
        Assert.Equal(7, NumberText.Scan("[1,-2.5],"u8, 3, out NumberText number));
        Assert.Equal(25UL, number.Digits);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void FromInteger_AnyValue_HasItsTextAndDigits(long value)
    {
        NumberText number = NumberText.FromInteger(value, new byte[NumberText.MaxIntegerBytes]);
        Assert.Equal(value.ToString(CultureInfo.InvariantCulture), Encoding.UTF8.GetString(number.Text));
        Assert.Equal((ulong)BigInteger.Abs(value), number.Digits);
        Assert.Equal(value < 0, number.IsNegative);
    }

    [Fact]
    public void ScaledIntegerAndWideInteger_RandomNumbers_AgreeWithBigInteger()
    {
        var random = new Random(20);
        for (int i = 0; i < 20_000; i++)
        {
            string text = RandomNumber(random);
            int scale = random.Next(0, 30);
            BigInteger? expected = Scale(text, scale);
            Assert.True(NumberText.TryParse(Encoding.UTF8.GetBytes(text), out NumberText number), text);

            AppendOutcome wide = WideInteger.Read(number, scale, out WideInteger value);
            AppendOutcome narrow = ScaledInteger.Read(number, scale, out ulong magnitude);
            bool fits256 = expected is not null && expected < BigInteger.One << 256;
            bool fits64 = expected is not null && expected <= ulong.MaxValue;
            Assert.True(fits256 == (wide == AppendOutcome.Accepted), $"{text} scale {scale}: {wide}");
            Assert.True(fits64 == (narrow == AppendOutcome.Accepted), $"{text} scale {scale}: {narrow}");
            if (fits256) Assert.Equal(expected, ToBigInteger(value));
            if (fits64) Assert.Equal(expected, magnitude);
            if (expected is null) Assert.Equal(AppendOutcome.TooPrecise, narrow);
        }
    }

    [Fact]
    public void FloatText_RandomNumbers_AgreeWithTheRuntime()
    {
        var random = new Random(21);
        for (int i = 0; i < 20_000; i++)
        {
            string text = RandomNumber(random);
            Assert.True(NumberText.TryParse(Encoding.UTF8.GetBytes(text), out NumberText number), text);
            Assert.Equal(double.Parse(text, CultureInfo.InvariantCulture), FloatText.ReadDouble(number));
            Assert.Equal(float.Parse(text, CultureInfo.InvariantCulture), FloatText.ReadSingle(number));
        }
    }

    [Theory]
    [InlineData("Int64", long.MinValue, AppendOutcome.Accepted)]
    [InlineData("UInt64", long.MaxValue, AppendOutcome.Accepted)]
    [InlineData("UInt64", -1L, AppendOutcome.OutOfRange)]
    [InlineData("Int8", -128L, AppendOutcome.Accepted)]
    [InlineData("Int8", 128L, AppendOutcome.OutOfRange)]
    [InlineData("UInt8", 256L, AppendOutcome.OutOfRange)]
    [InlineData("Nullable(Int16)", -5L, AppendOutcome.Accepted)]
    [InlineData("String", -5L, AppendOutcome.Accepted)]
    [InlineData("Float64", 5L, AppendOutcome.Accepted)]
    [InlineData("Bool", 2L, AppendOutcome.NotABool)]
    [InlineData("UUID", 1L, AppendOutcome.NotAUuid)]
    public void AppendInteger_OfAnyType_DoesAsTheNumberWouldInText(string type, long value, AppendOutcome expected)
    {
        Assert.True(ColumnType.TryParse(type, out ColumnType? parsed, out _));
        using Column column = ColumnFactory.Create("c", parsed, BufferPool.Shared);
        Assert.Equal(expected, column.AppendInteger(value));
        if (expected == AppendOutcome.Accepted) Assert.Equal(value.ToString(CultureInfo.InvariantCulture), ColumnValues.Read(column, 0));
    }

    private static string RandomNumber(Random random)
    {
        var text = new StringBuilder();
        int whole = random.Next(1, random.Next(2, 45));
        for (int i = 0; i < whole; i++) text.Append((char)('0' + (random.Next(4) == 0 ? 0 : random.Next(10))));
        if (random.Next(2) == 0)
        {
            text.Append('.');
            int fraction = random.Next(1, random.Next(2, 40));
            for (int i = 0; i < fraction; i++) text.Append((char)('0' + (random.Next(3) > 0 ? 0 : random.Next(10))));
        }

        if (random.Next(3) == 0) text.Append(CultureInfo.InvariantCulture, $"e{random.Next(-30, 40)}");
        return text.ToString();
    }

    private static BigInteger? Scale(string text, int scale)
    {
        string[] parts = text.Split('e');
        int point = parts[0].IndexOf('.', StringComparison.Ordinal);
        BigInteger digits = BigInteger.Parse(parts[0].Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        int exponent = scale + (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0);
        if (point >= 0) exponent -= parts[0].Length - point - 1;
        if (exponent >= 0) return digits * BigInteger.Pow(10, exponent);
        BigInteger whole = BigInteger.DivRem(digits, BigInteger.Pow(10, -exponent), out BigInteger rest);
        return rest.IsZero ? whole : null;
    }

    private static BigInteger ToBigInteger(WideInteger value)
    {
        byte[] bytes = new byte[WideInteger.Size];
        value.WriteLittleEndian(bytes, negate: false);
        return new BigInteger(bytes, isUnsigned: true);
    }
}
