using System.Text;
using ClickSink.Engine.Columns;
using ClickSink.Engine.Formats;
using ClickSink.Engine.Mapping;
using ClickSink.Engine.Pipelines;
using Xunit;

namespace ClickSink.Tests.Unit.Formats;

/// <summary>A decoder of any format, made as a pipeline makes it, and a block on a pool of its own; disposing it asserts that all memory came back.</summary>
internal sealed class FormatHarness : IDisposable
{
    private readonly BufferPool _pool = new();

    public FormatHarness(FormatOptions format, params ColumnMapping[] columns)
        : this(plan => FormatKinds.CreateDecoder(format, plan), columns)
    {
    }

    public FormatHarness(Func<MappingPlan, IMessageDecoder> create, params ColumnMapping[] columns)
    {
        List<Fault> faults = [];
        Assert.True(MappingPlan.TryCompile(new MappingOptions { Columns = columns }, out MappingPlan? plan, faults), string.Join("; ", faults));
        Decoder = create(plan);
        Block = plan.CreateBlock(_pool);
    }

    public IMessageDecoder Decoder { get; }

    public ColumnBlock Block { get; }

    public int Rows => Block.Rows;

    /// <summary>The rows as text, values separated by a bar, null as a dash.</summary>
    public string[] Text => [.. Enumerable.Range(0, Rows).Select(row => string.Join("|", Block.Columns.Select(column => ColumnValues.Read(column, row) ?? "-")))];

    public static ColumnMapping Column(string name, string type, string? path = null, MissingPolicy? missing = null) =>
        new() { Name = name, Type = type, Path = path, Missing = missing };

    public bool TryDecode(byte[] value, out RowFault? fault) => Decoder.TryDecode(new Message { Value = value }, Block, out fault);

    public void Accept(string value) => Accept(Encoding.UTF8.GetBytes(value));

    public void Accept(byte[] value) => Accept(new Message { Value = value });

    public void Accept(in Message message)
    {
        bool decoded = Decoder.TryDecode(message, Block, out RowFault? fault);
        Assert.True(decoded, fault?.Reason);
        AssertWhole();
    }

    public RowFault Reject(string value) => Reject(Encoding.UTF8.GetBytes(value));

    public RowFault Reject(byte[] value)
    {
        int rows = Rows;
        long bytes = Block.Bytes;
        Assert.False(TryDecode(value, out RowFault? fault), "accepted");
        Assert.NotNull(fault);
        Assert.Equal((rows, bytes), (Rows, Block.Bytes));
        AssertWhole();
        return fault;
    }

    /// <summary>Throws random and damaged messages at the decoder: none may throw, leave half a row, or change a block that it is not taken into.</summary>
    /// <param name="samples">Good messages to damage.</param>
    /// <param name="seed">The seed, so that a failure comes back.</param>
    /// <param name="rounds">How many messages.</param>
    public void Fuzz(IReadOnlyList<byte[]> samples, int seed, int rounds = 4000)
    {
        var random = new Random(seed);
        var damage = new RandomBytes(random);
        int accepted = 0;
        for (int i = 0; i < rounds; i++)
        {
            byte[] message = random.Next(10) == 0 ? damage.Next() : damage.Damage(samples[random.Next(samples.Count)]);
            int rows = Rows;
            long bytes = Block.Bytes;
            bool decoded = TryDecode(message, out RowFault? fault);
            AssertWhole();
            Assert.Equal(decoded, fault is null);
            if (decoded) accepted++;
            else Assert.Equal((rows, bytes), (Rows, Block.Bytes));
            if (Rows > 500) Block.Clear();
        }

        // Damage that always, or never, breaks a message tests nothing.
        Assert.InRange(accepted, 1, rounds - 1);
    }

    public void Dispose()
    {
        Block.Dispose();
        Assert.Equal(0, _pool.LeakedCount);
    }

    private void AssertWhole() => Assert.All(Block.Columns, column => Assert.Equal(Rows, column.Count));
}
