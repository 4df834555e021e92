using System.Globalization;
using System.Text;
using Orleans.Runtime;

namespace Orleans.Standin.Storage;

/// <summary>
/// Where a grain's state lies in OrleansStorage. A key that reads as a Guid or as a hexadecimal number, with or without "+" and an
/// extension, is stored as that; any other as text. The same rule as Orleans', so that either runtime finds the other's rows.
/// </summary>
internal sealed record StorageKey(long N0, long N1, string? Extension, int Hash)
{
    public static StorageKey Of(GrainId grain)
    {
        var key = grain.Key.ToString();
        var (head, extension) = key.IndexOf('+') is var plus and >= 0 ? (key[..plus], key[(plus + 1)..]) : (key, null);
        if (head.Length == 32 && Guid.TryParseExact(head, "N", out var guid))
        {
            var bytes = guid.ToByteArray();
            return new StorageKey(BitConverter.ToInt64(bytes, 0), BitConverter.ToInt64(bytes, 8), extension, HashOf(bytes, extension));
        }

        return head.Length is > 0 and <= 16 && head.All(char.IsAsciiHexDigit)
            ? OfNumber(long.Parse(head, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture), extension)
            : new StorageKey(0, 0, key, HashOf([], key));
    }

    /// <summary>The hash of a state's name.</summary>
    public static int HashOfName(string stateName) => (int)StableHash.OfText(stateName);

    private static StorageKey OfNumber(long number, string? extension) =>
        new(0, number, extension, HashOf(BitConverter.GetBytes(number), extension));

    /// <summary>Orleans hashes the bytes of the key in reverse.</summary>
    private static int HashOf(byte[] key, string? extension)
    {
        byte[] bytes = [.. key, .. Encoding.UTF8.GetBytes(extension ?? "")];
        Array.Reverse(bytes);
        return (int)StableHash.OfBytes(bytes);
    }
}
