using ClickSink.Tests.Shared;
using ClickSink.Tests.Shared.Chaos;
using Xunit;

namespace ClickSink.Tests.Cluster;

/// <summary>The promise of the product, on real processes: faults under load, and every message stored once.</summary>
public sealed class ChaosTests
{
    private readonly ITestOutputHelper _output;

    public ChaosTests(ITestOutputHelper output) => _output = output;

    [Fact]
    public async Task Run_FiveFaultsUnderLoad_NothingIsMissingOrDuplicate()
    {
        var path = ScratchServers.NewPath();
        // Another seed each day: over time the suite sees many orders of faults, and a failure names the one it saw.
        var seed = (int)(DateTime.UtcNow - DateTime.UnixEpoch).TotalDays;
        var result = await new ChaosRun(path, seed, faults: 5, _output.WriteLine).RunAsync(TestContext.Current.CancellationToken);

        Assert.True(result is { Missing: 0, Duplicate: 0, Produced: > 0 }, $"{result}, seed {seed}, logs in {path}");
        ScratchServers.Remove(path);
    }
}
