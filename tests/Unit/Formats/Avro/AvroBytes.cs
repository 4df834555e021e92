using System.Buffers.Binary;
using System.Text;

namespace ClickSink.Tests.Unit.Formats.Avro;

/// <summary>Writes Avro's binary encoding value by value, by the letter of its specification.</summary>
internal sealed class AvroBytes
{
    private readonly List<byte> _bytes = [];

    public byte[] ToArray() => [.. _bytes];

    /// <summary>With the header of Confluent's wire format in front.</summary>
    public byte[] ToMessage(int schemaId)
    {
        byte[] id = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(id, schemaId);
        return [0, .. id, .. _bytes];
    }

    public AvroBytes Long(long value)
    {
        ulong bits = (ulong)(value << 1) ^ (ulong)(value >> 63);
        for (; bits >= 0x80; bits >>= 7) _bytes.Add((byte)(bits | 0x80));
        _bytes.Add((byte)bits);
        return this;
    }

    public AvroBytes Text(string text) => Bytes(Encoding.UTF8.GetBytes(text));

    public AvroBytes Bytes(params byte[] bytes) => Long(bytes.Length).Raw(bytes);

    public AvroBytes Raw(params byte[] bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public AvroBytes Bool(bool value) => Raw(value ? (byte)1 : (byte)0);

    public AvroBytes Float(float value) => Raw(BitConverter.GetBytes(value));

    public AvroBytes Double(double value) => Raw(BitConverter.GetBytes(value));
}
