using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Orleans.Standin;

/// <summary>
/// xxHash32 with seed 0 and its bytes in reverse: the hash that Orleans puts into its tables, so that rows of either runtime are
/// found by the other. Written out here since System.IO.Hashing is on no feed that needs this project.
/// </summary>
internal static class StableHash
{
    private const uint P1 = 2654435761, P2 = 2246822519, P3 = 3266489917, P4 = 668265263, P5 = 374761393;

    /// <summary>The hash of the text's UTF-8 bytes, as an identity is hashed.</summary>
    public static uint OfText(string text) => OfBytes(System.Text.Encoding.UTF8.GetBytes(text));

    public static uint OfBytes(ReadOnlySpan<byte> data)
    {
        var length = (uint)data.Length;
        uint hash;
        unchecked
        {
            if (data.Length >= 16)
            {
                uint a = P1 + P2, b = P2, c = 0, d = 0 - P1;
                for (; data.Length >= 16; data = data[16..])
                {
                    var lanes = MemoryMarshal.Cast<byte, uint>(data[..16]);
                    a = Round(a, lanes[0]);
                    b = Round(b, lanes[1]);
                    c = Round(c, lanes[2]);
                    d = Round(d, lanes[3]);
                }

                hash = BitOperations.RotateLeft(a, 1) + BitOperations.RotateLeft(b, 7)
                    + BitOperations.RotateLeft(c, 12) + BitOperations.RotateLeft(d, 18);
            }
            else
            {
                hash = P5;
            }

            hash += length;
            for (; data.Length >= 4; data = data[4..])
                hash = BitOperations.RotateLeft(hash + BinaryPrimitives.ReadUInt32LittleEndian(data) * P3, 17) * P4;
            foreach (var one in data)
                hash = BitOperations.RotateLeft(hash + one * P5, 11) * P1;

            hash = (hash ^ (hash >> 15)) * P2;
            hash = (hash ^ (hash >> 13)) * P3;
            return BinaryPrimitives.ReverseEndianness(hash ^ (hash >> 16));
        }
    }

    private static uint Round(uint lane, uint input) => unchecked(BitOperations.RotateLeft(lane + input * P2, 13) * P1);
}
