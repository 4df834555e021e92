using System.Buffers.Binary;

namespace ClickSink.Engine.Formats.Registry;

/// <summary>Confluent's wire format: a byte 0, the id of the schema in four bytes, then the data.</summary>
internal static class WireFormat
{
    /// <summary>Bytes in front of the data.</summary>
    public const int HeaderBytes = 5;

    /// <summary>Reads the id of the schema.</summary>
    /// <returns>Null, or why the message is none of this format.</returns>
    public static RowFault? TryReadId(ReadOnlySpan<byte> value, out int id)
    {
        id = value.Length < HeaderBytes ? 0 : BinaryPrimitives.ReadInt32BigEndian(value[1..]);
        if (value.Length >= HeaderBytes && value[0] == 0) return null;
        string found = value.IsEmpty ? "it is empty" : value[0] != 0 ? $"it begins with byte 0x{value[0]:X2}" : $"it has {value.Length} bytes";
        return new RowFault($"the message does not begin with byte 0 and the id of a schema, as producers with a schema registry write it: {found}", null, null, null);
    }
}
