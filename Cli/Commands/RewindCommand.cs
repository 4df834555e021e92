using System.CommandLine;
using ClickSink.Cli.Api;

namespace ClickSink.Cli.Commands;

/// <summary>rewind: sends a pipeline to other offsets, or has ranges stored once more.</summary>
internal static class RewindCommand
{
    private static readonly Option<string?> To = new("--to") { Description = "earliest, latest, or a time with its offset from UTC such as 2026-11-21T08:00:00Z" };
    private static readonly Option<string?> Offsets = new("--offsets") { Description = "The next offset by partition, as 0:123,1:45; other partitions stay where they are" };
    private static readonly Option<string?> Replay = new("--replay") { Description = "Ranges to store once more, as 0:100-200,1:5-9; the pipeline goes on where it was" };
    private static readonly Option<bool> Force = new("--force") { Description = "Also while the pipeline is started: it is drained, rewound, and goes on" };
    private static readonly Option<bool> Discard = new("--discard-intents") { Description = "Give up ranges that were in hand when a worker ended: whether they are stored is not known then" };

    public static Command Create()
    {
        var command = new Command("rewind", "Send a pipeline to other offsets, or store ranges once more") { CommonOptions.Id, To, Offsets, Replay, Force, Discard };
        command.OnServer(async (api, parsed, cancellation) =>
        {
            var rewind = new
            {
                to = parsed.GetValue(To),
                offsets = parsed.GetValue(Offsets) is { } offsets ? RewindText.ReadOffsets(offsets) : null,
                replay = parsed.GetValue(Replay) is { } ranges ? RewindText.ReadRanges(ranges) : null,
                force = parsed.GetValue(Force),
                discardIntents = parsed.GetValue(Discard),
            };
            if (rewind is { to: null, offsets: null, replay: null }) throw new ApiException(ExitCode.Usage, "rewind needs one of --to, --offsets and --replay");
            Console.Out.WriteLine(await api.RewindAsync(parsed.GetValue(CommonOptions.Id)!, rewind, cancellation));
            return ExitCode.Done;
        });
        return command;
    }
}
