using System.Diagnostics.CodeAnalysis;
using ClickSink.Engine.Columns;

namespace ClickSink.Engine.Transforms.Expressions.Nodes;

/// <summary>Compares texts by their bytes, which for UTF-8 is the order of their code points.</summary>
internal sealed class Utf8Comparer : IEqualityComparer<ReadOnlyMemory<byte>>
{
    public static Utf8Comparer Instance { get; } = new();

    public bool Equals(ReadOnlyMemory<byte> x, ReadOnlyMemory<byte> y) => x.Span.SequenceEqual(y.Span);

    public int GetHashCode([DisallowNull] ReadOnlyMemory<byte> obj) => (int)Utf8Hash.Compute(obj.Span);
}
