namespace ClickSink.Engine.Columns.Parsing;

/// <summary>IP addresses in text: four decimal numbers, or RFC 4291's forms, without zone, port or prefix length.</summary>
internal static class AddressText
{
    private const int Groups = 8;

    /// <summary>Reads a whole text as an IPv4 address; the first number is the highest byte.</summary>
    public static bool TryParseV4(ReadOnlySpan<byte> text, out uint address)
    {
        address = 0;
        int at = 0;
        for (int part = 0; part < 4; part++)
        {
            if (part > 0 && (at == text.Length || text[at++] != '.')) return false;
            int first = at;
            uint value = 0;
            while (at < text.Length && at - first < 3 && char.IsAsciiDigit((char)text[at])) value = value * 10 + text[at++] - '0';
            if (at == first || value > byte.MaxValue || (text[first] == '0' && at - first > 1)) return false;
            address = (address << 8) | value;
        }

        return at == text.Length;
    }

    /// <summary>Reads a whole text as an IPv6 address, or an IPv4 address as the one that stands for it.</summary>
    public static bool TryParseV6(ReadOnlySpan<byte> text, out UInt128 address)
    {
        address = 0;
        if (TryParseV4(text, out uint v4))
        {
            address = ((UInt128)0xFFFF << 32) | v4;
            return true;
        }

        Span<ushort> groups = stackalloc ushort[Groups];
        int count = 0;
        int gap = -1;
        int at = 0;
        if (text.StartsWith("::"u8))
        {
            gap = 0;
            at = 2;
        }

        while (at < text.Length)
        {
            if (count == Groups) return false;
            int end = text[at..].IndexOf((byte)':');
            end = end < 0 ? text.Length : at + end;
            if (!TryReadGroups(text[at..end], end == text.Length, groups, ref count)) return false;
            if (end == text.Length) break;

            at = end + 1;
            if (at == text.Length) return false;
            if (text[at] != ':') continue;
            if (gap >= 0) return false;
            gap = count;
            at++;
        }

        if (gap < 0 ? count != Groups : count == Groups) return false;
        for (int i = 0; i < Groups; i++)
        {
            int zeros = Groups - count;
            ushort group = gap < 0 || i < gap ? groups[i] : i < gap + zeros ? (ushort)0 : groups[i - zeros];
            address = (address << 16) | group;
        }

        return true;
    }

    /// <summary>One group of up to four hexadecimal digits; the last may be an IPv4 address, which takes two.</summary>
    private static bool TryReadGroups(ReadOnlySpan<byte> text, bool isLast, Span<ushort> groups, ref int count)
    {
        if (isLast && count <= Groups - 2 && TryParseV4(text, out uint v4))
        {
            groups[count++] = (ushort)(v4 >> 16);
            groups[count++] = (ushort)v4;
            return true;
        }

        if (text.Length is 0 or > 4) return false;
        uint value = 0;
        foreach (byte digit in text)
        {
            if (!char.IsAsciiHexDigit((char)digit)) return false;
            value = (value << 4) | (uint)((digit & 0xF) + (digit > '9' ? 9 : 0));
        }

        groups[count++] = (ushort)value;
        return true;
    }
}
