using ClickSink.Engine.Columns;

namespace ClickSink.Engine.Transforms.Expressions;

/// <summary>The elements of one row's list or map, where they lie in the column.</summary>
/// <param name="Keys">The keys of a map; null for a list.</param>
/// <param name="Values">The elements of a list, or the values of a map.</param>
/// <param name="Range">The positions of the row's elements in both.</param>
internal readonly record struct ElementRange(Column? Keys, Column Values, Range Range)
{
    public int First => Range.Start.Value;

    public int Count => Range.End.Value - Range.Start.Value;
}
