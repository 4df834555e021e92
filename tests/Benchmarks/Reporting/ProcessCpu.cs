using System.Globalization;

namespace ClickSink.Tests.Benchmarks.Reporting;

/// <summary>The processor time that a process has used, children not counted.</summary>
internal static class ProcessCpu
{
    // USER_HZ, which Linux fixes at 100 for /proc on every platform that .NET runs on.
    private const double TicksPerSecond = 100;

    public static double Seconds(int pid)
    {
        var stat = File.ReadAllText($"/proc/{pid}/stat");
        // utime and stime are fields 14 and 15; the name in field 2 may hold blanks.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }
}
