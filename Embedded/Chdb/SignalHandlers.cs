using System.Runtime.InteropServices;

namespace ClickSink.Embedded.Chdb;

/// <summary>Keeps .NET's signal handlers in place across chDB's first connect.</summary>
/// <remarks>
/// chDB installs its own handlers for the deadly signals. .NET turns SIGSEGV into NullReferenceException, so with chDB's in place the
/// first one ends the process. chdb_set_signal_handlers_enabled(0) is no way out: it sets SIG_DFL instead of what was there (chDB 26.5).
/// </remarks>
internal static unsafe partial class SignalHandlers
{
    // The set that chDB touches: SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGTSTP, SIGSYS.
    private static readonly int[] Signals = [4, 5, 6, 7, 8, 11, 20, 31];

    // struct sigaction is 152 bytes on glibc x64.
    private const int SigactionBytes = 256;

    /// <summary>The handlers as they are now.</summary>
    public static byte[] Save()
    {
        var saved = new byte[Signals.Length * SigactionBytes];
        fixed (byte* p = saved)
        {
            for (var i = 0; i < Signals.Length; i++)
                Check(Sigaction(Signals[i], null, p + i * SigactionBytes), Signals[i]);
        }
        return saved;
    }

    /// <summary>Puts the handlers back as <see cref="Save"/> found them.</summary>
    public static void Restore(byte[] saved)
    {
        fixed (byte* p = saved)
        {
            for (var i = 0; i < Signals.Length; i++)
                Check(Sigaction(Signals[i], p + i * SigactionBytes, null), Signals[i]);
        }
    }

    private static void Check(int result, int signal)
    {
        if (result != 0)
            throw new EmbeddedClickHouseException($"sigaction for signal {signal} failed with error {Marshal.GetLastPInvokeError()}.");
    }

    [LibraryImport("libc", EntryPoint = "sigaction", SetLastError = true)]
    private static partial int Sigaction(int signal, byte* action, byte* old);
}
