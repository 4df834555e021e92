using ClickSink.Engine.Transforms.Expressions.Nodes;

namespace ClickSink.Engine.Transforms.Expressions;

/// <summary>Bytes of any kind, told apart by its class from text, which is bytes as well. Two are equal if their bytes are.</summary>
/// <param name="Bytes">The bytes.</param>
internal readonly record struct Blob(ReadOnlyMemory<byte> Bytes)
{
    public bool Equals(Blob other) => Utf8Comparer.Instance.Equals(Bytes, other.Bytes);

    public override int GetHashCode() => Utf8Comparer.Instance.GetHashCode(Bytes);
}
