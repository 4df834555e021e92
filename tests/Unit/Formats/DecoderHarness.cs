using System.Text;
using ClickSink.Engine.Columns;
using ClickSink.Engine.Formats;
using ClickSink.Engine.Mapping;
using ClickSink.Engine.Pipelines;
using Xunit;

namespace ClickSink.Tests.Unit.Formats;

/// <summary>A plan, its decoder and a block on a pool of its own; disposing it asserts that all memory came back.</summary>
internal sealed class DecoderHarness : IDisposable
{
    private readonly BufferPool _pool = new();

    public DecoderHarness(params ColumnMapping[] columns)
    {
        List<Fault> faults = [];
        Assert.True(MappingPlan.TryCompile(new MappingOptions { Columns = columns }, out MappingPlan? plan, faults), string.Join("; ", faults));
        Plan = plan;
        Decoder = new JsonDecoder(plan);
        Block = plan.CreateBlock(_pool);
    }

    public MappingPlan Plan { get; }

    public JsonDecoder Decoder { get; }

    public ColumnBlock Block { get; }

    public int Rows => Block.Rows;

    public static ColumnMapping Column(string name, string type, string? path = null, MissingPolicy? missing = null) =>
        new() { Name = name, Type = type, Path = path, Missing = missing };

    public bool TryDecode(string json, out RowFault? fault) => TryDecode(Encoding.UTF8.GetBytes(json), out fault);

    public bool TryDecode(byte[] json, out RowFault? fault) => Decoder.TryDecode(new Message { Value = json }, Block, out fault);

    public void Accept(string json)
    {
        bool decoded = TryDecode(json, out RowFault? fault);
        Assert.True(decoded, fault?.Reason);
    }

    public RowFault Reject(string json)
    {
        int rows = Rows;
        long bytes = Block.Bytes;
        Assert.False(TryDecode(json, out RowFault? fault), $"accepted: {json}");
        Assert.NotNull(fault);
        Assert.Equal(rows, Rows);
        Assert.Equal(bytes, Block.Bytes);
        Assert.All(Block.Columns, column => Assert.Equal(rows, column.Count));
        return fault;
    }

    /// <summary>The value of a row as text, as <see cref="ColumnValues"/> writes it.</summary>
    public string? this[int column, int row] => ColumnValues.Read(Block.Columns[column], row);

    public void Dispose()
    {
        Block.Dispose();
        Assert.Equal(0, _pool.LeakedCount);
    }
}
