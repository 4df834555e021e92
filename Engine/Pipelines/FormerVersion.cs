using ClickSink.Engine.Formats;
using ClickSink.Engine.Sinks;

namespace ClickSink.Engine.Pipelines;

/// <summary>
/// A former version of a pipeline, to finish ranges that were begun with it: what is in the rows is its own, how servers are reached is as in the present one.
/// A password that was changed, or a server that moved, would otherwise keep those ranges, and all after them, from being written for ever.
/// </summary>
public static class FormerVersion
{
    /// <summary>The former version with the connections of the present one, as far as both name the same topic and tables.</summary>
    public static PipelineOptions ReachedAs(PipelineOptions former, PipelineOptions present) => former with
    {
        Source = former.Source.Kafka is { } from && present.Source.Kafka is { } to && from.Topic == to.Topic ? present.Source : former.Source,
        Format = FormatKinds.Of(former.Format).Kind.Reach(former.Format, present.Format),
        Sinks = [.. former.Sinks.Select(sink => Reached(sink, present.Sinks))],
        Delivery = present.Delivery,
        Errors = former.Errors with { DeadLetters = Reached(former.Errors.DeadLetters, present.Errors.DeadLetters) },
    };

    private static DeadLetterOptions Reached(DeadLetterOptions former, DeadLetterOptions present) =>
        former.Topic is not null && former.Topic == present.Topic ? former with { Brokers = present.Brokers } : former;

    private static SinkOptions Reached(SinkOptions former, IReadOnlyList<SinkOptions> present)
    {
        var same = present.FirstOrDefault(sink => sink.Name == former.Name && sink.Kind == former.Kind);
        return former with { Options = SinkKinds.All[former.Kind].Reach(former.Options!, same?.Options) };
    }
}
