using ClickSink.Engine.Transforms.Steps;
using Xunit;

namespace ClickSink.Tests.Unit.Transforms;

public sealed class DedupeTests
{
    private const string Events = """
        - { name: id, type: String }
        - { name: n, type: Nullable(Int64) }
        - { name: at, type: "Nullable(DateTime64(3, 'UTC'))", stored: false }
        """;

    [Fact]
    public void Dedupe_Repeats_OnlyTheFirstStays()
    {
        using var rows = new TransformHarness(Events, "- dedupe: { key: [id, n], within: 10s }");
        Send(rows, (0, 0, "a", 1), (1, 9_999, "a", 1), (2, 10_000, "a", 1), (3, 10_001, "a", 1), (4, 10_001, "a", 2), (5, 10_001, "a", null), (6, 10_002, "a", null));
        Assert.Equal(["a,1", "a,1", "a,2", "a,NULL"], rows.SealOne());
    }

    [Fact]
    public void Dedupe_SameKeyInAnotherPartition_IsNoRepeat()
    {
        using var rows = new TransformHarness(Events, "- dedupe: { key: [id] }");
        rows.Send("""{"id":"a"}""", offset: 1, partition: 0);
        rows.Send("""{"id":"a"}""", offset: 2, partition: 1);
        rows.Send("""{"id":"a"}""", offset: 3, partition: 1);
        Assert.Equal(2, rows.SealOne().Length);
    }

    [Fact]
    public void Dedupe_KeysOfSeveralParts_AreNotMixedUp()
    {
        using var rows = new TransformHarness("- { name: a, type: String }\n- { name: b, type: String }", "- dedupe: { key: [a, b] }");
        rows.Send("""{"a":"x","b":"yz"}""", offset: 1);
        rows.Send("""{"a":"xy","b":"z"}""", offset: 2);
        rows.Send("""{"a":"x","b":"yz"}""", offset: 3);
        Assert.Equal(["x,yz", "xy,z"], rows.SealOne());
    }

    [Fact]
    public void Dedupe_RowOfARejectedMessage_IsNotRemembered()
    {
        using var rows = new TransformHarness(Events, "- dedupe: { key: [id] }\n- derive: { name: share, type: Int64, value: \"100 / coalesce(n, 1)\" }");
        Assert.NotNull(rows.Send("""[{"id":"a","n":1},{"id":"b","n":0}]""", offset: 1));
        Assert.Null(rows.Send("""[{"id":"a","n":2},{"id":"a","n":3},{"id":"b","n":4}]""", offset: 2));
        Assert.Equal(["a,2,50", "b,4,25"], rows.SealOne());
    }

    [Fact]
    public void Dedupe_RangeThatIsReadAgain_KeepsWhatIsKnownFromLaterOffsets()
    {
        using var rows = new TransformHarness(Events, "- dedupe: { key: [id] }");
        Send(rows, (50, 0, "a", 1));
        Send(rows, (10, 0, "a", 2), (60, 0, "a", 3));
        Assert.Equal(["a,1", "a,2"], rows.SealOne());
    }

    [Fact]
    public void Dedupe_MessageThatIsDecodedAgain_DoesNotRepeatItself()
    {
        using var rows = new TransformHarness(Events, "- dedupe: { key: [id] }");
        rows.Send("""[{"id":"a"},{"id":"a"}]""", offset: 7);
        rows.Send("""[{"id":"a"},{"id":"a"}]""", offset: 7);
        Assert.Equal(2, rows.SealOne().Length);
    }

    [Fact]
    public void Dedupe_TimeOfTheirOwn_CountsInsteadOfTheMessages()
    {
        using var rows = new TransformHarness(Events, "- dedupe: { key: [lowerId], within: 1s, time: at }".Replace("lowerId", "id.lower()"));
        rows.Send("""{"id":"A","n":1,"at":"2026-01-01T00:00:00Z"}""", offset: 1, time: 1);
        rows.Send("""{"id":"a","n":2,"at":"2026-01-01T00:00:01Z"}""", offset: 2, time: 500_000);
        rows.Send("""{"id":"a","n":3,"at":"2026-01-01T00:00:02Z"}""", offset: 3, time: 500_000);
        Assert.Equal(["A,1", "a,3"], rows.SealOne());
    }

    [Fact]
    public void Window_OldKeysAndTooManyKeys_AreForgotten()
    {
        var window = new DedupeWindow(withinMilliseconds: 1000, maxKeys: 3);
        for (var n = 0; n < 5; n++) Take(window, (UInt128)n, n, time: 0);
        Assert.Equal(3, window.Count);
        Assert.False(window.IsRepeat(1, 10, 0));
        Assert.True(window.IsRepeat(4, 10, 0));
        window.Complete(accepted: false);
        Take(window, 9, 20, time: 5000);
        Assert.Equal(1, window.Count);
    }

    [Fact]
    public void Window_KeyThatCameAgain_IsForgottenByItsLaterTime()
    {
        var window = new DedupeWindow(withinMilliseconds: 1000, maxKeys: 100);
        Take(window, 1, 1, time: 0);
        Take(window, 1, 2, time: 1500);
        Take(window, 2, 3, time: 2400);
        Assert.True(window.IsRepeat(1, 4, 2400));
    }

    private static void Take(DedupeWindow window, UInt128 key, long offset, long time)
    {
        Assert.False(window.IsRepeat(key, offset, time));
        window.Complete(accepted: true);
    }

    private static void Send(TransformHarness rows, params (long Offset, long Time, string Id, int? N)[] messages)
    {
        foreach (var (offset, time, id, n) in messages) Assert.Null(rows.Send($$"""{"id":"{{id}}","n":{{n?.ToString() ?? "null"}}}""", offset, time: time));
    }
}
