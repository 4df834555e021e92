using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace ClickSink.Engine.Formats.Transcoding;

/// <summary>Writes decimals that come as a big-endian two's complement integer and a scale: those of Avro, Kafka Connect and Confluent's Protobuf. Exact.</summary>
internal static class DecimalText
{
    /// <summary>The greatest scale, and the least below zero, that is written: beyond it there are only zeros that no column holds.</summary>
    public const int MaxScale = 400;

    // 512 bits; ClickHouse's widest decimal has 256. Text of an integer takes time with the square of its length.
    private const int MaxBytes = 64;

    /// <summary>Writes the number.</summary>
    /// <returns>False if it is wider than any decimal, or its scale is beyond <see cref="MaxScale"/>.</returns>
    public static bool TryWrite(JsonOutput output, ReadOnlySpan<byte> bigEndian, int scale)
    {
        if (bigEndian.Length > MaxBytes || Math.Abs((long)scale) > MaxScale) return false;
        Span<byte> digits = stackalloc byte[MaxBytes * 3];
        int length = bigEndian.Length <= sizeof(long) ? Format(ToLong(bigEndian), digits)
            : bigEndian.Length <= 16 ? Format(ToInt128(bigEndian), digits)
            : Format(new BigInteger(bigEndian, isBigEndian: true), digits);
        Write(output, digits[..length], scale);
        return true;
    }

    private static long ToLong(ReadOnlySpan<byte> bigEndian)
    {
        long value = bigEndian.Length > 0 && (sbyte)bigEndian[0] < 0 ? -1 : 0;
        foreach (byte b in bigEndian) value = value << 8 | b;
        return value;
    }

    private static Int128 ToInt128(ReadOnlySpan<byte> bigEndian)
    {
        Span<byte> wide = stackalloc byte[16];
        wide.Fill(bigEndian.Length > 0 && (sbyte)bigEndian[0] < 0 ? (byte)0xFF : (byte)0);
        bigEndian.CopyTo(wide[(16 - bigEndian.Length)..]);
        return BinaryPrimitives.ReadInt128BigEndian(wide);
    }

    private static int Format(long value, Span<byte> digits)
    {
        value.TryFormat(digits, out int written, default, CultureInfo.InvariantCulture);
        return written;
    }

    private static int Format(Int128 value, Span<byte> digits)
    {
        value.TryFormat(digits, out int written, default, CultureInfo.InvariantCulture);
        return written;
    }

    private static int Format(BigInteger value, Span<byte> digits) => Encoding.ASCII.GetBytes(value.ToString(CultureInfo.InvariantCulture), digits);

    private static void Write(JsonOutput output, ReadOnlySpan<byte> digits, int scale)
    {
        if (digits[0] == '-')
        {
            output.Byte((byte)'-');
            digits = digits[1..];
        }

        int whole = digits.Length - scale;
        if (scale <= 0)
        {
            output.Raw(digits);
            for (int i = scale; i < 0 && digits[0] != '0'; i++) output.Byte((byte)'0');
            return;
        }

        if (whole > 0)
            output.Raw(digits[..whole]);
        else
            output.Byte((byte)'0');
        output.Byte((byte)'.');
        for (int i = whole; i < 0; i++) output.Byte((byte)'0');
        output.Raw(digits[Math.Max(whole, 0)..]);
    }
}
