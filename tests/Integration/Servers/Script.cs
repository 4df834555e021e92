using System.Diagnostics;
using ClickSink.Servers.Processes;
using Xunit;

namespace ClickSink.Tests.Integration.Servers;

/// <summary>Small programs that stand for a server, and the output of commands.</summary>
internal static class Script
{
    /// <summary>A server that is a shell script; it counts as ready when it has made the file <c>ready</c> in its folder.</summary>
    public static ServerProcessOptions Server(string folder, string script) => new()
    {
        Name = "script",
        Folder = Directory.CreateDirectory(folder).FullName,
        Program = "/bin/sh",
        Arguments = ["-c", script],
        Probe = _ => File.Exists(Path.Combine(folder, "ready")) ? Task.CompletedTask : throw new IOException("there is no file called ready"),
    };

    /// <summary>Runs a command to its end.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string? input, params string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await errors);
    }

    /// <summary>Runs a command that must succeed.</summary>
    public static async Task<string> RunSuccessfullyAsync(string? input, params string[] command)
    {
        var (exitCode, output) = await RunAsync(input, command);
        Assert.True(exitCode == 0, $"{string.Join(' ', command)} ended with {exitCode}: {output}");
        return output;
    }
}
