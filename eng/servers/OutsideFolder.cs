using System.Diagnostics;

namespace ClickSink.Servers;

/// <summary>
/// A folder outside the checkout for a server that must not run as root (PostgreSQL refuses it) when its own user cannot reach the
/// checkout, as below /root. A link in the checkout says where it is.
/// </summary>
internal static class OutsideFolder
{
    private const string Prefix = "/var/tmp/clicksink-";

    /// <summary>Creates a folder that belongs to <paramref name="user"/>: at <paramref name="path"/>, or outside with a link there.</summary>
    /// <returns>The folder itself, never the link.</returns>
    public static string Create(string path, string? user)
    {
        if (user is null)
            return Directory.CreateDirectory(path).FullName;
        if (Directory.Exists(path))
            return Directory.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        if (CanReach(Path.GetDirectoryName(path)!, user))
        {
            Run("install", "-d", "-m", "0700", "-o", user, path);
            return path;
        }

        // A link whose folder somebody removed.
        File.Delete(path);
        // A name that cannot be guessed: /var/tmp is open to everybody, and the folder of someone else must not be taken for ours.
        var outside = $"{Prefix}{Path.GetRandomFileName()}";
        Run("mkdir", "-m", "0700", outside);
        Run("chown", user, outside);
        Directory.CreateSymbolicLink(path, outside);
        return outside;
    }

    /// <summary>True for a path that <see cref="Create"/> may have made outside.</summary>
    public static bool IsOurs(string path) => path.StartsWith(Prefix, StringComparison.Ordinal) && !path.AsSpan(Prefix.Length).Contains('/');

    public static void Delete(string path)
    {
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
    }

    private static bool CanReach(string folder, string user) =>
        TryRun(out _, "setpriv", "--reuid", user, "--regid", user, "--init-groups", "--", "test", "-x", folder);

    private static void Run(params string[] command)
    {
        if (!TryRun(out var error, command))
            throw new ServerException($"`{string.Join(' ', command)}` failed: {error.Trim()}");
    }

    private static bool TryRun(out string error, params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true })!;
        error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
