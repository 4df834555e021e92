using System.Diagnostics;
using Xunit;

namespace ClickSink.Tests.EndToEnd.Stage;

/// <summary>Waits for what other processes bring about: there is no event to wait for, so it asks, with a bound that only a defect reaches.</summary>
internal static class Until
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(50);

    public static async Task TrueAsync(Func<Task<bool>> condition, Func<Task<string>> otherwise, TimeSpan patience)
    {
        using var timer = new PeriodicTimer(Period);
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(started) > patience) Assert.Fail($"after {patience.TotalSeconds:0} s: {await otherwise()}");
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}
