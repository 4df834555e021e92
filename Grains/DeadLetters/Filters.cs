using ClickSink.Engine.DeadLetters;
using ClickSink.Grains.Interfaces.DeadLetters;

namespace ClickSink.Grains.DeadLetters;

/// <summary>What a caller's selection means to the engine.</summary>
internal static class Filters
{
    public static DeadLetterFilter Of(DeadLetterSelection selection) => new()
    {
        Column = selection.Column,
        Reason = selection.Reason,
        Partition = selection.Partition,
        FromOffset = selection.FromOffset,
        ToOffset = selection.ToOffset,
        Since = selection.Since,
        Until = selection.Until,
    };
}
