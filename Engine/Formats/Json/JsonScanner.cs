using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ClickSink.Engine.Formats.Json;

/// <summary>Finds the places in JSON text where something happens.</summary>
internal static class JsonScanner
{
    /// <summary>
    /// The position, from <paramref name="at"/> on, of the first byte that a string cannot hold as it is: a quote, a
    /// backslash or a control character. The text's length if there is none.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int FindSpecial(ReadOnlySpan<byte> json, int at)
    {
        ref byte start = ref MemoryMarshal.GetReference(json);
        while (json.Length - at >= Vector256<byte>.Count)
        {
            uint specials = MarkSpecials(Vector256.LoadUnsafe(ref start, (nuint)at));
            if (specials != 0) return at + BitOperations.TrailingZeroCount(specials);
            at += Vector256<byte>.Count;
        }

        return FindSpecialInTail(json, at);
    }

    /// <summary>The position of the first byte from <paramref name="at"/> on that is not JSON white space.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int SkipWhitespace(ReadOnlySpan<byte> json, int at) =>
        (uint)at < (uint)json.Length && json[at] > ' ' ? at : SkipWhitespaceRun(json, at);

    private static int SkipWhitespaceRun(ReadOnlySpan<byte> json, int at)
    {
        while ((uint)at < (uint)json.Length && json[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t') at++;
        return at;
    }

    private static int FindSpecialInTail(ReadOnlySpan<byte> json, int at)
    {
        if (json.Length >= Vector256<byte>.Count)
        {
            // The last full vector overlaps what was seen already; those bits are shifted out.
            int last = json.Length - Vector256<byte>.Count;
            uint specials = MarkSpecials(Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(json), (nuint)last));
            int seen = at - last;
            specials = seen >= Vector256<byte>.Count ? 0 : specials >> seen;
            return specials == 0 ? json.Length : at + BitOperations.TrailingZeroCount(specials);
        }

        while ((uint)at < (uint)json.Length && json[at] is not ((byte)'"' or (byte)'\\' or < (byte)' ')) at++;
        return at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint MarkSpecials(Vector256<byte> text) =>
        (Vector256.Equals(text, Vector256.Create((byte)'"'))
            | Vector256.Equals(text, Vector256.Create((byte)'\\'))
            | Vector256.LessThan(text, Vector256.Create((byte)' '))).ExtractMostSignificantBits();
}
