using System.Diagnostics;
using System.Globalization;

namespace ClickSink.Tests.Benchmarks.Memory;

/// <summary>Looks at the resident memory of a process ten times a second.</summary>
internal sealed class ResidentMemory : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);
    private readonly List<(long At, double Megabytes)> _samples = [];
    private readonly Timer _timer;
    private readonly string _status;

    public ResidentMemory(int pid)
    {
        _status = $"/proc/{pid}/status";
        _timer = new Timer(_ => Sample(), null, TimeSpan.Zero, Period);
    }

    /// <summary>The most that the process ever had, in MB: the kernel's own mark, which no peak between two looks escapes.</summary>
    public double Peak => Read("VmHWM:");

    /// <summary>Watches for a while.</summary>
    public async Task WatchAsync(TimeSpan duration)
    {
        using var timer = new PeriodicTimer(duration);
        await timer.WaitForNextTickAsync();
    }

    /// <summary>The most between two times after a moment, in MB.</summary>
    public double Between(long moment, TimeSpan from, TimeSpan to)
    {
        lock (_samples)
        {
            return _samples
                .Where(sample => Stopwatch.GetElapsedTime(moment, sample.At) >= from && Stopwatch.GetElapsedTime(moment, sample.At) < to)
                .Max(sample => sample.Megabytes);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Sample()
    {
        var now = Read("VmRSS:");
        lock (_samples) _samples.Add((Stopwatch.GetTimestamp(), now));
    }

    private double Read(string name)
    {
        var line = File.ReadLines(_status).First(line => line.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024 / 1e6;
    }
}
