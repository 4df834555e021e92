using ClickSink.Engine.Columns;
using ClickSink.Engine.Formats;
using ClickSink.Engine.Mapping;
using ClickSink.Engine.Pipelines;
using ClickSink.Engine.Transforms;
using ClickSink.Tests.Unit.Formats;
using Xunit;

namespace ClickSink.Tests.Unit.Transforms;

public sealed class RowLayoutTests
{
    private static readonly ColumnMapping Hidden = new() { Name = "h", Type = "String", Stored = false };

    [Fact]
    public void Output_ColumnNotStored_IsDecodedAndNotSent()
    {
        var pool = new BufferPool();
        var layout = new RowLayout(Compile(DecoderHarness.Column("a", "UInt64"), Hidden, DecoderHarness.Column("b", "String")), []);
        using (var rows = layout.CreateRows(pool))
        {
            var message = new Message { Value = """{"a":7,"h":"seen","b":"x"}"""u8 };
            Assert.True(new JsonDecoder(layout.Decoded).TryDecode(in message, rows.Decoded, out _));
            Assert.Equal(["a", "b"], rows.Output.Columns.Select(column => column.Name));
            Assert.Equal(1, rows.Output.Rows);
            Assert.Equal("x", ColumnValues.Read(rows.Output.Columns[1], 0));
            Assert.Equal("seen", ColumnValues.Read(rows.Columns[1], 0));
            rows.Clear();
            Assert.Equal(0, rows.Output.Rows);
        }

        Assert.Equal(0, pool.LeakedCount);
    }

    [Fact]
    public void Output_EveryColumnStored_IsWhatTheDecoderFills()
    {
        var layout = new RowLayout(Compile(DecoderHarness.Column("a", "UInt64")), []);
        using var rows = layout.CreateRows();
        Assert.Same(layout.Decoded, layout.Output);
        Assert.Same(rows.Decoded, rows.Output);
    }

    private static MappingPlan Compile(params ColumnMapping[] columns)
    {
        List<Fault> faults = [];
        Assert.True(MappingPlan.TryCompile(new MappingOptions { Columns = columns }, out var plan, faults), string.Join("; ", faults));
        return plan;
    }
}
