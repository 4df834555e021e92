using System.Text;
using ClickSink.Engine.Columns;
using ClickSink.Engine.Delivery;
using ClickSink.Engine.Formats;
using ClickSink.Engine.Pipelines;
using ClickSink.Engine.Transforms;
using ClickSink.Tests.Unit.Formats;
using Xunit;

namespace ClickSink.Tests.Unit.Transforms;

/// <summary>Messages in, rows out, through the transforms of a document.</summary>
internal sealed class TransformHarness : IDisposable
{
    private readonly TransformPlan _plan;
    private readonly RowDecoder _decoder;
    private readonly BlockPool _pool;
    private StagedRows _rows;

    public TransformHarness(string mapping, string transforms, string more = "")
    {
        var options = Bind(mapping, transforms, more);
        var faults = new FaultList();
        Assert.True(TransformPlan.TryCompile(options, out var plan, faults), string.Join("; ", faults));
        _plan = plan;
        _decoder = plan.CreateDecoder(m => new JsonDecoder(m), TimeProvider.System);
        _pool = new BlockPool(plan.Layout, maxIdle: 4);
        _rows = _pool.Rent();
    }

    public StagedRows Rows => _rows;

    public TransformPlan Plan => _plan;

    /// <summary>The faults of a document with a mapping and transforms.</summary>
    public static IReadOnlyList<Fault> Faults(string mapping, string transforms)
    {
        var faults = new FaultList();
        TransformPlan.TryCompile(Bind(mapping, transforms), out _, faults);
        return faults;
    }

    public RowFault? Send(string json, long offset = 0, int partition = 0, long time = 0)
    {
        var message = new Message { Value = Encoding.UTF8.GetBytes(json), Offset = offset, Partition = partition, TimestampMilliseconds = time };
        _decoder.TryDecode(in message, _rows, out var fault);
        return fault;
    }

    public bool SendBytes(byte[] json)
    {
        var message = new Message { Value = json };
        return _decoder.TryDecode(in message, _rows, out _);
    }

    public void Accept(params string[] messages)
    {
        foreach (var message in messages) Assert.Null(Send(message)?.Reason);
    }

    /// <summary>Seals what was sent and tells its rows by route, each row as its values with commas between them.</summary>
    public Dictionary<string, string[]> Seal()
    {
        var parts = PartSplitter.Split(_rows, _plan.Routing, _pool, "token", out var giveBack);
        var result = parts.ToDictionary(part => part.Route, part => Enumerable.Range(0, part.Rows.Rows).Select(row => Read(part.Rows, row)).ToArray());
        giveBack();
        _rows = _pool.Rent();
        return result;
    }

    public string[] SealOne() => Assert.Single(Seal()).Value;

    public void Dispose()
    {
        _rows.Dispose();
        _pool.Dispose();
        _decoder.Dispose();
    }

    private static string Read(ColumnBlock block, int row) => string.Join(",", block.Columns.Select(column => ColumnValues.Read(column, row) ?? "NULL"));

    private static PipelineOptions Bind(string mapping, string transforms, string more = "")
    {
        var text = $"id: p\nsource: {{ kafka: {{ brokers: \"b:1\", topic: t }} }}\nmapping:\n  columns:\n{Indent(mapping, 4)}\n{Indent(more, 2)}\ntransforms:\n{Indent(transforms, 2)}\nsinks: []\n";
        var faults = new FaultList();
        var tree = DocumentText.Parse(text, faults);
        Assert.True(faults.Count == 0, string.Join("; ", faults));
        var options = (PipelineOptions)new DocumentBinder(faults, new Dictionary<string, Type>()).BindObject(tree!, typeof(PipelineOptions), "");
        Assert.True(faults.Count == 0, string.Join("; ", faults));
        return options;
    }

    private static string Indent(string text, int spaces) => string.Join("\n", text.Split('\n').Select(line => new string(' ', spaces) + line));
}
