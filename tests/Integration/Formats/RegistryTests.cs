using System.Net;
using ClickSink.Engine.Delivery;
using ClickSink.Tests.Shared;
using Xunit;

namespace ClickSink.Tests.Integration.Formats;

/// <summary>A pipeline whose messages need a schema registry, with the registry away and back.</summary>
public sealed class RegistryTests
{
    private const string Columns = """
        { name: id, type: Int64, missing: reject }
        { name: offset, type: Int64, path: $kafka.offset }
        """;

    private readonly SharedServers _servers;

    public RegistryTests(SharedServers servers) => _servers = servers;

    [Fact]
    public async Task Run_RegistryAway_WaitsSaysSoAndGoesOn()
    {
        await using var registry = await SchemaRegistryServer.StartAsync();
        int first = registry.Register("t-value", """{"type":"record","name":"R","fields":[{"name":"id","type":"int"}]}""");
        var pipeline = await FormatPipeline.CreateAsync(_servers);
        await using var worker = pipeline.NewWorker($"{{ avro: {{ registry: {{ url: '{registry.Url}' }} }} }}", Columns, "{ orderBy: [id] }");
        worker.Start();
        await pipeline.SendAsync([.. Enumerable.Range(0, 50).Select(n => Message(first, n))]);
        await pipeline.UntilStoredAsync(worker);

        registry.Away = HttpStatusCode.ServiceUnavailable;
        int second = registry.Register("t-value", """{"type":"record","name":"R","fields":[{"name":"id","type":"int"},{"name":"more","type":["null","string"]}]}""");
        await pipeline.SendAsync([.. Enumerable.Range(50, 20).Select(n => Message(first, n)), .. Enumerable.Range(70, 30).Select(n => (byte[])[.. Message(second, n), 0])]);
        await FormatPipeline.UntilAsync(worker, () => worker.Snapshot().Phase is WorkerPhase.Retrying);
        Assert.Contains($"schema {second}: the schema registry at {registry.Url} answers 503", worker.Snapshot().Error);
        // What is in front of the message that waits is stored meanwhile.
        await FormatPipeline.UntilAsync(worker, () => worker.Snapshot().RowsWritten == 70);

        registry.Away = null;
        await pipeline.UntilStoredAsync(worker);
        Assert.Equal("100\t100\t4950\t99", await pipeline.QueryAsync("SELECT count(), uniqExact(id), sum(id), max(offset) FROM {T} FORMAT TabSeparated"));
        await FormatPipeline.UntilAsync(worker, () => worker.Snapshot() is { Phase: WorkerPhase.Running, Error: null });
    }

    [Fact]
    public async Task Drain_WhileTheRegistryIsAway_EndsWithWhatIsDecodedStored()
    {
        await using var registry = await SchemaRegistryServer.StartAsync();
        int schema = registry.Register("t-value", """{"type":"record","name":"R","fields":[{"name":"id","type":"int"}]}""");
        var pipeline = await FormatPipeline.CreateAsync(_servers);
        string format = $"{{ avro: {{ registry: {{ url: '{registry.Url}' }} }} }}";
        registry.Away = HttpStatusCode.BadGateway;
        await using (var worker = pipeline.NewWorker(format, Columns, "{ orderBy: [id] }"))
        {
            worker.Start();
            await pipeline.SendAsync([.. Enumerable.Range(0, 10).Select(n => Message(schema, n))]);
            await FormatPipeline.UntilAsync(worker, () => worker.Snapshot().Phase is WorkerPhase.Retrying);
            worker.Drain();
            await worker.Completion.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
            Assert.Equal(WorkerPhase.Stopped, worker.Snapshot().Phase);
        }

        registry.Away = null;
        await using var next = pipeline.NewWorker(format, Columns, "{ orderBy: [id] }");
        next.Start();
        await pipeline.UntilStoredAsync(next);
        Assert.Equal("10\t45", await pipeline.QueryAsync("SELECT count(), sum(id) FROM {T} FORMAT TabSeparated"));
    }

    [Fact]
    public async Task Run_UnknownSchema_IsARejectedMessage()
    {
        await using var registry = await SchemaRegistryServer.StartAsync();
        int schema = registry.Register("t-value", """{"type":"record","name":"R","fields":[{"name":"id","type":"int"}]}""");
        var pipeline = await FormatPipeline.CreateAsync(_servers);
        await using var worker = pipeline.NewWorker($"{{ avro: {{ registry: {{ url: '{registry.Url}' }} }} }}", Columns, "{ orderBy: [id] }", policy: "skip");
        worker.Start();
        await pipeline.SendAsync([Message(schema, 1), Message(schema + 1, 2), Message(schema, 3)]);
        await pipeline.UntilStoredAsync(worker);

        Assert.Equal("2", await pipeline.QueryAsync("SELECT count() FROM {T}"));
        Assert.Equal(1, worker.Snapshot().RecordsRejected);
        Assert.Contains($"schema {schema + 1} is not known to the schema registry", worker.Snapshot().LastRejection);
    }

    // An int up to 63 is one byte in Avro, beyond that two.
    private static byte[] Message(int schema, int id)
    {
        int bits = id << 1;
        return bits < 128 ? [0, 0, 0, 0, (byte)schema, (byte)bits] : [0, 0, 0, 0, (byte)schema, (byte)(bits | 0x80), (byte)(bits >> 7)];
    }
}
