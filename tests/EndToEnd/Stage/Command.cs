using System.Diagnostics;
using ClickSink.Servers;
using Xunit;

namespace ClickSink.Tests.EndToEnd.Stage;

/// <summary>Runs programs to their end.</summary>
internal static class Command
{
    /// <summary>The command line of this build.</summary>
    public static string ClickSink { get; } = Checkout.Program("Cli", "clicksink");

    /// <summary>Runs a program.</summary>
    /// <param name="input">Its standard input.</param>
    /// <param name="environment">Variables to add.</param>
    /// <param name="command">The program and its arguments.</param>
    public static async Task<(int Code, string Output)> RunAsync(string? input, IReadOnlyDictionary<string, string>? environment, params string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output + await errors);
    }
}
