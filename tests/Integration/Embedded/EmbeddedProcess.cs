using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace ClickSink.Tests.Integration.Embedded;

/// <summary>
/// The embedded server as a process of its own. Tests of its behaviour run it so, because chDB allows one engine a process and because
/// it is to be killed; that it also lives inside a .NET process is what InProcessTests are for.
/// </summary>
public sealed partial class EmbeddedProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<int> _port = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private EmbeddedProcess(Process process) => _process = process;

    public int Port { get; private set; }

    public HttpClient Http { get; private set; } = null!;

    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    public static string NewDataPath() => Path.Combine(Path.GetTempPath(), "clicksink-embedded-" + Guid.NewGuid().ToString("N")[..12]);

    /// <summary>Starts it on a free port and waits until it answers.</summary>
    public static async Task<EmbeddedProcess> StartAsync(string dataPath, string password = "", params string[] arguments)
    {
        var started = Launch(dataPath, password, arguments);
        var exited = started._process.WaitForExitAsync();
        if (await Task.WhenAny(started._port.Task, exited) == exited)
            throw new InvalidOperationException("The embedded server ended at once:\n" + started.Output);
        started.Port = await started._port.Task;
        started.Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{started.Port}/"), Timeout = TimeSpan.FromMinutes(3) };
        return started;
    }

    /// <summary>Starts it where it must fail, and returns its exit code and what it said.</summary>
    public static async Task<(int ExitCode, string Output)> RunToFailureAsync(string dataPath, params string[] arguments)
    {
        await using var started = Launch(dataPath, "", arguments);
        await started._process.WaitForExitAsync(TestContext.Current.CancellationToken);
        // WaitForExit without a time-out also waits for the last lines of output.
        started._process.WaitForExit();
        return (started._process.ExitCode, started.Output);
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string pathAndQuery, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, pathAndQuery) { Content = content };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    /// <summary>Runs a query from the body; the result must be good.</summary>
    public async Task<string> QueryAsync(string query, string parameters = "")
    {
        using var response = await SendAsync(HttpMethod.Post, "/?" + parameters, new StringContent(query));
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode} for {query}: {text}");
        return text.TrimEnd('\n');
    }

    /// <summary>Inserts a body with the query in the URL; the result must be good.</summary>
    public async Task InsertAsync(string insert, HttpContent content, string parameters = "")
    {
        using var response = await SendAsync(HttpMethod.Post, $"/?{parameters}&query={Uri.EscapeDataString(insert)}", content);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode} for {insert}: {text}");
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM; returns the exit code when the process is gone.</summary>
    public async Task<int> StopAsync()
    {
        Assert.Equal(0, SendSignal(_process.Id, 15));
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        Http?.Dispose();
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    private static EmbeddedProcess Launch(string dataPath, string password, string[] arguments)
    {
        var info = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "ClickSink.Embedded"))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (string[])["--data-path", dataPath, "--port", "0", .. arguments])
            info.ArgumentList.Add(argument);
        info.Environment["CLICKSINK_EMBEDDED_PASSWORD"] = password;
        var started = new EmbeddedProcess(new Process { StartInfo = info });
        started._process.OutputDataReceived += (_, line) => started.Read(line.Data);
        started._process.ErrorDataReceived += (_, line) => started.Read(line.Data);
        started._process.Start();
        started._process.BeginOutputReadLine();
        started._process.BeginErrorReadLine();
        return started;
    }

    private void Read(string? line)
    {
        if (line is null)
            return;
        lock (_output)
            _output.AppendLine(line);
        if (Answers().Match(line) is { Success: true } match)
            _port.TrySetResult(int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"answers on http://127\.0\.0\.1:(\d+)/")]
    private static partial Regex Answers();

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);
}
