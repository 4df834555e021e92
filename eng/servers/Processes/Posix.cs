using System.ComponentModel;
using System.Runtime.InteropServices;

namespace ClickSink.Servers.Processes;

/// <summary>The few system calls that .NET has no door to: signals that cannot reach a recycled process id.</summary>
internal static partial class Posix
{
    private const int NoSuchProcess = 3;

    /// <summary>
    /// Sends a signal to the process that <paramref name="identity"/> names, and to no other: the handle is taken first and the
    /// start time compared after it, so a process id that was given to someone else in between is never hit (kill(2) cannot do that).
    /// </summary>
    /// <returns>False when that process is gone.</returns>
    public static bool TrySignal(ProcessIdentity identity, Signal signal)
    {
        var handle = OpenProcessHandle(identity.Pid, 0);
        if (handle < 0)
            return GoneOr("pidfd_open", identity, signal);
        try
        {
            if (!identity.IsAlive)
                return false;
            return SendSignal(handle, (int)signal, 0, 0) == 0 || GoneOr("pidfd_send_signal", identity, signal);
        }
        finally
        {
            _ = Close(handle);
        }
    }

    private static bool GoneOr(string call, ProcessIdentity identity, Signal signal)
    {
        var error = Marshal.GetLastPInvokeError();
        return error == NoSuchProcess
            ? false
            : throw new Win32Exception(error, $"{call} failed for process {identity.Pid}, signal {signal}: {Marshal.GetPInvokeErrorMessage(error)}.");
    }

    [LibraryImport("libc", EntryPoint = "pidfd_open", SetLastError = true)]
    private static partial int OpenProcessHandle(int pid, uint flags);

    [LibraryImport("libc", EntryPoint = "pidfd_send_signal", SetLastError = true)]
    private static partial int SendSignal(int handle, int signal, nint info, uint flags);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}
