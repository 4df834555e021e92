using System.CommandLine;
using System.Globalization;
using ClickSink.Cli.Api;
using ClickSink.Cli.Output;
using ClickSink.Grains.Interfaces.DeadLetters;

namespace ClickSink.Cli.Commands;

/// <summary>dead-letters: list, show, replay, discard.</summary>
internal static class DeadLetterCommands
{
    private static readonly Option<string?> Status = new("--status") { Description = "rejected (the default), replayed, discarded, or all" };
    private static readonly Option<string?> Column = new("--column") { Description = "Only those that failed at this column; \"\" for messages that are broken as a whole" };
    private static readonly Option<string?> Reason = new("--reason") { Description = "Only those with this text in their reason" };
    private static readonly Option<int?> Partition = new("--partition") { Description = "Only those of this partition" };
    private static readonly Option<long?> From = new("--from") { Description = "Only from this offset on" };
    private static readonly Option<long?> To = new("--to") { Description = "Only up to this offset" };
    private static readonly Option<DateTimeOffset?> Since = new("--since") { Description = "Only those rejected at this time or later, such as 2026-11-21T08:00:00Z" };
    private static readonly Option<DateTimeOffset?> Until = new("--until") { Description = "Only those rejected at this time or before" };
    private static readonly Option<int> Limit = new("--limit", "-n") { Description = "How many at most, up to 500", DefaultValueFactory = _ => 50 };
    private static readonly Option<string?> After = new("--after") { Description = "Only those after this place, for the next page" };
    private static readonly Option<bool> All = new("--all") { Description = "Every letter that waits; needed when nothing else says which" };
    private static readonly Option<bool> NoWait = new("--no-wait") { Description = "Do not wait for its end" };
    private static readonly Argument<int> PartitionOf = new("partition") { Description = "The message's partition" };
    private static readonly Argument<long> OffsetOf = new("offset") { Description = "The message's offset" };

    public static Command Create() =>
        new("dead-letters", "Rejected messages: look at them, store them once more after a repair, or give them up") { List(), Show(), Replay(), Discard() };

    private static Command List()
    {
        var command = new Command("list", "List rejected messages, with counts by column") { CommonOptions.Id, Status, Column, Reason, Partition, From, To, Since, Until, Limit, After, CommonOptions.Output };
        command.OnServer(async (api, parsed, cancellation) =>
        {
            var status = parsed.GetValue(Status) ?? "rejected";
            var query = new (string Name, object? Value)[]
            {
                ("status", status == "all" ? null : status), ("column", parsed.GetValue(Column)), ("reason", parsed.GetValue(Reason)), ("partition", parsed.GetValue(Partition)),
                ("fromOffset", parsed.GetValue(From)), ("toOffset", parsed.GetValue(To)), ("since", parsed.GetValue(Since)?.ToString("O")), ("until", parsed.GetValue(Until)?.ToString("O")),
                ("limit", parsed.GetValue(Limit)), ("after", parsed.GetValue(After)),
            };
            var text = query.Where(q => q.Value is not null).Select(
                q => $"{q.Name}={Uri.EscapeDataString(Convert.ToString(q.Value, CultureInfo.InvariantCulture)!)}");
            var page = await api.GetDeadLettersAsync(parsed.GetValue(CommonOptions.Id)!, string.Join('&', text), cancellation);
            if (parsed.GetValue(CommonOptions.Output) is OutputFormat.Table) DeadLetterPrinter.Page(page);
            else Printer.Data(page, parsed.GetValue(CommonOptions.Output));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Show()
    {
        var command = new Command("show", "Show one rejected message with all of its text") { CommonOptions.Id, PartitionOf, OffsetOf, CommonOptions.Output };
        command.OnServer(async (api, parsed, cancellation) =>
        {
            var letter = await api.GetDeadLetterAsync(
                parsed.GetValue(CommonOptions.Id)!, parsed.GetValue(PartitionOf), parsed.GetValue(OffsetOf), cancellation);
            if (parsed.GetValue(CommonOptions.Output) is OutputFormat.Table) DeadLetterPrinter.Letter(letter);
            else Printer.Data(letter, parsed.GetValue(CommonOptions.Output));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Replay()
    {
        var command = new Command("replay", "Store rejected messages once more, as the present document decodes them") { CommonOptions.Id, All, Column, Reason, Partition, From, To, Since, Until, NoWait };
        command.OnServer(async (api, parsed, cancellation) =>
        {
            var id = parsed.GetValue(CommonOptions.Id)!;
            var replay = await api.ReplayAsync(id, Selection(parsed), cancellation);
            Console.Out.WriteLine($"Replay {replay.Job} has begun: {replay.Selection.Describe()}");
            if (parsed.GetValue(NoWait)) return ExitCode.Done;
            var progress = "";
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
            while (replay.Phase is ReplayPhase.Running or ReplayPhase.Cancelling)
            {
                await timer.WaitForNextTickAsync(cancellation);
                replay = await api.GetReplayAsync(id, cancellation);
                var now = $"{replay.Replayed} replayed, {replay.Rejected} rejected again{(replay.Error is null ? "" : $"; tried again: {replay.Error}")}";
                if (now != progress) Console.Out.WriteLine(progress = now);
            }

            Console.Out.WriteLine($"{(replay.Phase is ReplayPhase.Done ? "Done" : "Ended before it was done")}: {replay.Replayed} replayed, {replay.Rejected} rejected again");
            return replay is { Phase: ReplayPhase.Done, Rejected: 0 } ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }

    private static Command Discard()
    {
        var command = new Command("discard", "Mark rejected messages as not wanted; they are kept, but no replay takes them") { CommonOptions.Id, All, Column, Reason, Partition, From, To, Since, Until };
        command.OnServer(async (api, parsed, cancellation) =>
        {
            var count = await api.DiscardAsync(parsed.GetValue(CommonOptions.Id)!, Selection(parsed), cancellation);
            Console.Out.WriteLine($"{count} discarded");
            return ExitCode.Done;
        });
        return command;
    }

    // What changes something says what it means: a filter that was forgotten would otherwise be everything.
    private static object Selection(ParseResult parsed)
    {
        var selection = new
        {
            column = parsed.GetValue(Column), reason = parsed.GetValue(Reason), partition = parsed.GetValue(Partition), fromOffset = parsed.GetValue(From), toOffset = parsed.GetValue(To),
            since = parsed.GetValue(Since), until = parsed.GetValue(Until),
        };
        var isAll = selection is { column: null, reason: null, partition: null, fromOffset: null, toOffset: null, since: null, until: null };
        if (isAll != parsed.GetValue(All)) throw new ApiException(
            ExitCode.Usage,
            isAll ? "say which letters, or --all for every one that waits" : "--all contradicts a filter: leave one of them out");
        return selection;
    }
}
