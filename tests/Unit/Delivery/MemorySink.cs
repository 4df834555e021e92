using System.Buffers.Binary;
using ClickSink.Engine.DeadLetters;
using ClickSink.Engine.Delivery;
using ClickSink.Engine.Sinks;
using ClickSink.Engine.Sinks.ClickHouse.Encoding;
using Xunit;

namespace ClickSink.Tests.Unit.Delivery;

/// <summary>A table in memory with one UInt64 column, which drops a token that it has seen; shared by all workers of a test.</summary>
internal sealed class MemorySink
{
    private readonly HashSet<string> _tokens = [];
    private readonly Dictionary<string, byte[]> _blocks = [];
    private readonly Lock _lock = new();

    public List<ulong> Rows { get; } = [];

    public List<string> Attempts { get; } = [];

    public List<DeadLetter> DeadLetters { get; } = [];

    /// <summary>Decides what an attempt does, by its number.</summary>
    public Func<int, SealedBlock, Attempt> OnAttempt { get; set; } = (_, _) => Attempt.Store;

    /// <summary>Which rows the table refuses, each block as a whole.</summary>
    public Func<ulong, bool> Refuses { get; set; } = _ => false;

    /// <summary>Held before each attempt, for tests that stop the sink.</summary>
    public Func<CancellationToken, Task> Gate { get; set; } = _ => Task.CompletedTask;

    public enum Attempt
    {
        Store,
        Refuse,
        Block,
        StoreButLoseAnswer,
        Die,
    }

    public ISink Open() => new Connection(this);

    private SinkOutcome Write(SealedBlock block)
    {
        lock (_lock)
        {
            var what = OnAttempt(Attempts.Count, block);
            Attempts.Add(block.Token);
            if (what is Attempt.Refuse) return SinkOutcome.Retry("refused");
            if (what is not Attempt.Die && ReadRows(block).Any(Refuses)) return SinkOutcome.Refused("a row breaks a constraint");
            if (what is Attempt.Block) return SinkOutcome.Blocked("somebody has to repair it");
            Store(block);
            return what switch
            {
                Attempt.StoreButLoseAnswer => SinkOutcome.Retry("the answer was lost"),
                Attempt.Die => throw new InvalidOperationException("the process dies here"),
                _ => SinkOutcome.Done,
            };
        }
    }

    private void Store(SealedBlock block)
    {
        var bytes = Encode(block);
        if (_blocks.TryGetValue(block.Token, out var before)) Assert.Equal(before, bytes);
        _blocks[block.Token] = bytes;
        if (!_tokens.Add(block.Token)) return;
        DeadLetters.AddRange(block.DeadLetters);
        Rows.AddRange(ReadRows(block));
    }

    private static byte[] Encode(SealedBlock block)
    {
        var stream = new MemoryStream();
        NativeEncoder.Write(Assert.Single(block.Parts).Rows, stream);
        return stream.ToArray();
    }

    private static IEnumerable<ulong> ReadRows(SealedBlock block)
    {
        var bytes = Encode(block);
        var first = bytes.Length - (Assert.Single(block.Parts).Rows.Rows * sizeof(ulong));
        for (var at = first; at < bytes.Length; at += sizeof(ulong)) yield return BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at));
    }

    private sealed class Connection(MemorySink table) : ISink
    {
        public string Name => "memory";

        public Guarantee Guarantee { get; } = new(GuaranteeLevel.ExactlyOnce, null);

        public ValueTask<SinkOutcome> OpenAsync(CancellationToken cancellation) => ValueTask.FromResult(SinkOutcome.Done);

        public async ValueTask<SinkOutcome> WriteAsync(SealedBlock block, CancellationToken cancellation)
        {
            await table.Gate(cancellation);
            return table.Write(block);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
