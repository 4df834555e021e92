using System.Diagnostics;
using System.Globalization;
using ClickSink.Engine.Sources.Generator;
using ClickSink.Engine.Sources.Kafka;
using ClickSink.Servers;
using ClickSink.Servers.Kafka;

namespace ClickSink.Demo;

/// <summary>The demo from start to check.</summary>
internal sealed class DemoRun
{
    private const string Topic = "engagement";
    private const int Partitions = 4;
    private static readonly TimeSpan ProgressPeriod = TimeSpan.FromMilliseconds(500);

    private readonly DemoOptions _options;

    public DemoRun(DemoOptions options) => _options = options;

    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        Console.WriteLine($"starting PostgreSQL, Kafka, ClickHouse and {(_options.Silos == 1 ? "a silo" : $"{_options.Silos} silos")}");
        Check check;
        string verdict;
        await using (var servers = await DemoServers.StartAsync(_options.Data, _options.Silos, cancellation))
        {
            using var keeping = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            var keeper = Task.WhenAll(servers.Silos.Select(silo => SiloKeeper.RunAsync(silo, keeping.Token)));
            try
            {
                (check, verdict) = await MoveAsync(servers, cancellation);
                if (!_options.Exit) await StayUpAsync(servers, verdict, cancellation);
            }
            finally
            {
                await keeping.CancelAsync();
                await keeper;
            }
        }

        // The last line, when everything has stopped.
        if (_options.Exit) Console.WriteLine(verdict);
        return check is { Missing: 0, Duplicate: 0 } ? 0 : 1;
    }

    private async Task<(Check Check, string Verdict)> MoveAsync(DemoServers servers, CancellationToken cancellation)
    {
        await servers.Kafka.CreateTopicAsync(Topic, Partitions, cancellation);
        await ApplyAsync(servers, cancellation);
        var started = Stopwatch.GetTimestamp();
        var generating = Task.Run(() => Generate(servers.Kafka, cancellation), cancellation);
        await WatchAsync(servers, generating, cancellation);
        await generating;
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var check = await Check.RunAsync(servers, _options.Rows, cancellation);
        var verdict = string.Create(
            CultureInfo.InvariantCulture,
            $"verified {_options.Rows} rows in ClickHouse: {check.Missing} missing, {check.Duplicate} duplicate, {_options.Rows / seconds:0} rows/s");
        return (check, verdict);
    }

    private static async Task ApplyAsync(DemoServers servers, CancellationToken cancellation)
    {
        var documents = Path.Combine(Checkout.Root, "deploy", "demo");
        var start = new ProcessStartInfo(Checkout.Program("Cli", "clicksink"), ["--server", servers.Api.ToString(), "apply", "-f", documents]);
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync(cancellation);
        if (process.ExitCode != 0) throw new ServerException($"clicksink apply -f {documents} ended with exit code {process.ExitCode}.");
        if (servers.Silos.Count > 1) await PipelineStatus.ScaleAsync(servers.Api, servers.Silos.Count, cancellation);
    }

    private void Generate(KafkaServer kafka, CancellationToken cancellation)
    {
        var target = new KafkaSourceOptions { Brokers = kafka.BootstrapServers, Topic = Topic, Properties = KafkaServer.ClientSettings };
        var events = new EngagementEvents(seed: 1, start: DateTime.UtcNow.Date);
        EventProducer.Send(target, Partitions, events, first: 0, _options.Rows, progress: null, cancellation);
    }

    private async Task WatchAsync(DemoServers servers, Task generating, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(ProgressPeriod);
        long last = -1;
        while (await timer.WaitForNextTickAsync(cancellation))
        {
            if (generating.IsFaulted) return;
            var status = await PipelineStatus.AskAsync(servers.Api, cancellation);
            var stored = await CountAsync(servers, cancellation);
            Print(stored, status);
            // A table that has as many rows as were sent, and no more half a second later, is done.
            if (generating.IsCompleted && stored >= _options.Rows && stored == last) break;
            last = stored;
        }

        Console.WriteLine();
    }

    private static async Task<long> CountAsync(DemoServers servers, CancellationToken cancellation)
    {
        try
        {
            return long.Parse(await servers.ClickHouse.Http.QueryAsync($"SELECT count() FROM {Topic}", cancellationToken: cancellation), CultureInfo.InvariantCulture);
        }
        catch (ServerException)
        {
            // The pipeline makes the table when it starts.
            return 0;
        }
    }

    private void Print(long stored, PipelineStatus? status)
    {
        var line = status is null
            ? string.Create(CultureInfo.InvariantCulture, $"{stored:#,0} of {_options.Rows:#,0} rows stored | the silo does not answer")
            : string.Create(CultureInfo.InvariantCulture, $"{stored:#,0} of {_options.Rows:#,0} rows stored | {status.Phase} | {status.RowsPerSecond:#,0} rows/s | lag {Math.Max(0, status.LagRecords):#,0}");
        if (status?.Spread is { Length: > 0 } spread && _options.Silos > 1) line += $" | {spread}";
        if (status?.Error is { } error) line += $" | {error}";
        Console.Write(Console.IsOutputRedirected ? $"{line}\n" : $"\r{line}\u001b[K");
    }

    private static async Task StayUpAsync(DemoServers servers, string verdict, CancellationToken cancellation)
    {
        Console.WriteLine(verdict);
        Console.WriteLine($"""

            All of it is up until Ctrl-C. Look at:
              the pipeline     Cli/bin/Release/net10.0/clicksink -s {servers.Api} status {Topic}
              the REST API     curl {servers.Api}api/pipelines
              its description  curl {servers.Api}openapi/v1.json
              the rows         curl '{servers.ClickHouse.Http.Endpoint}?query=SELECT+type,count()+FROM+{Topic}+GROUP+BY+type'
              the logs         {Path.GetDirectoryName(servers.Silos[0].LogPath)}
            """);
        try
        {
            await Task.Delay(Timeout.Infinite, cancellation);
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine("stopping");
        }
    }
}
