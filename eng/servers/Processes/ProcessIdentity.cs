using System.Globalization;

namespace ClickSink.Servers.Processes;

/// <summary>
/// One process and no other: its id, the moment it started, and the boot that both belong to. An id alone is given to another
/// process sooner or later.
/// </summary>
/// <param name="Pid">The process id.</param>
/// <param name="StartTicks">When it started, in clock ticks since boot: field 22 of <c>/proc/PID/stat</c>.</param>
/// <param name="Boot">The kernel's boot id.</param>
public readonly record struct ProcessIdentity(int Pid, long StartTicks, string Boot)
{
    private static readonly string CurrentBoot = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();

    /// <summary>True while this very process runs. One that has ended and waits for its parent (a zombie) does not.</summary>
    public bool IsAlive => Of(Pid) == this;

    /// <summary>The identity of the process that has this id now; null when there is none or it has ended.</summary>
    public static ProcessIdentity? Of(int pid)
    {
        string stat;
        try
        {
            stat = File.ReadAllText($"/proc/{pid}/stat");
        }
        catch (IOException)
        {
            return null;
        }

        // The command name stands in parentheses and may itself hold spaces and parentheses: the fields begin after the last one.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return fields[0] is "Z" or "X" ? null : new(pid, long.Parse(fields[19], CultureInfo.InvariantCulture), CurrentBoot);
    }

    /// <summary>Reads what <see cref="ToString"/> wrote; null when it is something else.</summary>
    public static ProcessIdentity? Parse(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var pid, var ticks, var boot]
        && int.TryParse(pid, CultureInfo.InvariantCulture, out var id)
        && long.TryParse(ticks, CultureInfo.InvariantCulture, out var start)
            ? new(id, start, boot)
            : null;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Pid} {StartTicks} {Boot}");

    /// <summary>Waits until the process is gone.</summary>
    /// <returns>False when it still runs after <paramref name="timeout"/>.</returns>
    public async Task<bool> WaitGoneAsync(TimeSpan timeout)
    {
        var deadline = TimeProvider.System.GetTimestamp();
        while (IsAlive)
        {
            if (TimeProvider.System.GetElapsedTime(deadline) > timeout)
                return false;
            await Task.Delay(15);
        }

        return true;
    }
}
