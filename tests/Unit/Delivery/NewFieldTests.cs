using ClickSink.Engine.Delivery;
using ClickSink.Engine.Mapping;
using Xunit;

namespace ClickSink.Tests.Unit.Delivery;

/// <summary>Workers that meet fields that nobody maps.</summary>
public sealed class NewFieldTests
{
    [Fact]
    public async Task Add_NewFields_StopsInFrontAndAsksForAllOfThemAtOnce()
    {
        var rig = Rig(UnknownPolicy.Add, [.. WorkerRig.Numbers(0, 25), """{"n":25,"a":1}""", """{"n":26,"b":{"x":1},"a":1.5}""", """{"n":27,"c d":true,"e":null,"f":"2026-11-21"}"""]);

        var snapshot = await rig.RunToEndAsync();

        Assert.Equal((WorkerPhase.Outgrown, (string?)null), (snapshot.Phase, snapshot.Error));
        Assert.Equal(Enumerable.Range(0, 25).Select(n => (ulong)n), rig.Sink.Rows);
        Assert.Equal(25, rig.Ledger.NextOffset(0));
        Assert.Equal(
            [("a", "Nullable(Float64)", null), ("b", "Nullable(String)", null), ("c_d", "Nullable(Bool)", "c d"), ("e", "Nullable(String)", null), ("f", "Nullable(String)", null)],
            snapshot.NewColumns.Select(c => (c.Name, c.Type, c.Path)));
        Assert.All(snapshot.NewColumns, c => Assert.True(c.Added));
    }

    [Fact]
    public async Task Add_NextVersionWithTheColumns_GoesOnAtTheMessage()
    {
        var rig = Rig(UnknownPolicy.Add, [.. WorkerRig.Numbers(0, 5), """{"n":5,"a":1}""", """{"n":6}"""]);
        var asked = (await rig.RunToEndAsync()).NewColumns;
        // The table in memory has one column, so that the added one is decoded and not stored.
        rig.Mapping = rig.Mapping with { Columns = [.. rig.Mapping.Columns, .. asked.Select(c => c with { Stored = false })] };

        var snapshot = await rig.RunToEndAsync();

        Assert.Equal((WorkerPhase.Stopped, 0), (snapshot.Phase, snapshot.NewColumns.Count));
        Assert.Equal(Enumerable.Range(0, 7).Select(n => (ulong)n), rig.Sink.Rows);
    }

    [Fact]
    public async Task Add_NameIsTaken_GetsANumber()
    {
        var rig = Rig(UnknownPolicy.Add, ["""{"n":0,"n ":1,"$n":2}"""]);
        var asked = (await rig.RunToEndAsync()).NewColumns;
        Assert.Equal([("n_", "n "), ("_n", "\\$n")], asked.Select(c => (c.Name, c.Path)));
        rig.Mapping = rig.Mapping with { Columns = [.. rig.Mapping.Columns, new ColumnMapping { Name = "n_", Type = "String", Path = "x", Stored = false }] };
        Assert.Equal(["n__2", "_n"], (await rig.RunToEndAsync()).NewColumns.Select(c => c.Name));
    }

    [Fact]
    public async Task Add_LimitIsReached_FaultsAndSaysWhatToDo()
    {
        var rig = Rig(UnknownPolicy.Add, ["""{"n":0}""", """{"n":1,"a":1,"b":2}"""]);
        rig.Mapping = rig.Mapping with { MaxAdded = 1 };
        var snapshot = await rig.RunToEndAsync();
        Assert.Equal(WorkerPhase.Faulted, snapshot.Phase);
        Assert.Contains("mapping.maxAdded", snapshot.Error);
        Assert.Contains("(a, b)", snapshot.Error);
        Assert.Equal([0UL], rig.Sink.Rows);
    }

    [Fact]
    public async Task Add_EmptyKey_IsLeftOutSinceNoColumnCanHaveIt()
    {
        var rig = Rig(UnknownPolicy.Add, ["""{"n":0,"":1}""", """{"n":1,"":2}"""]);
        var snapshot = await rig.RunToEndAsync();
        Assert.Equal(WorkerPhase.Stopped, snapshot.Phase);
        Assert.Equal([0UL, 1UL], rig.Sink.Rows);
    }

    [Fact]
    public async Task Add_MessageIsBrokenAsWell_IsRejectedAsEver()
    {
        var rig = Rig(UnknownPolicy.Add, ["""{"n":0}""", """{"n":"x","a":1}"""]);
        var snapshot = await rig.RunToEndAsync();
        Assert.Equal(WorkerPhase.Faulted, snapshot.Phase);
        Assert.Contains("is not a number", snapshot.Error);
    }

    [Fact]
    public async Task Reject_UnknownField_RejectsItsRow()
    {
        var rig = Rig(UnknownPolicy.Reject, ["""{"n":0}""", """{"n":1,"a":1}""", """{"n":2}"""]);
        rig.Policy = Engine.Pipelines.ErrorPolicy.DeadLetter;
        var snapshot = await rig.RunToEndAsync();
        Assert.Equal([0UL, 2UL], rig.Sink.Rows);
        Assert.Equal(("a", 1L), (Assert.Single(rig.Sink.DeadLetters).Path, rig.Sink.DeadLetters[0].Offset));
        Assert.Equal(1, snapshot.RecordsRejected);
    }

    [Fact]
    public async Task Ignore_UnknownField_IsLeftOut()
    {
        var rig = Rig(UnknownPolicy.Ignore, ["""{"n":0,"a":1}"""]);
        Assert.Equal(WorkerPhase.Stopped, (await rig.RunToEndAsync()).Phase);
        Assert.Equal([0UL], rig.Sink.Rows);
    }

    private static WorkerRig Rig(UnknownPolicy policy, string[] messages)
    {
        var rig = new WorkerRig([messages]);
        rig.Mapping = rig.Mapping with { Unknown = policy };
        return rig;
    }
}
