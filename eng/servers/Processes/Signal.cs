namespace ClickSink.Servers.Processes;

/// <summary>The signals that servers are sent; the values are Linux' numbers.</summary>
public enum Signal
{
    /// <summary>SIGINT: as Ctrl-C.</summary>
    Int = 2,

    /// <summary>SIGQUIT.</summary>
    Quit = 3,

    /// <summary>SIGKILL: ends the process at once.</summary>
    Kill = 9,

    /// <summary>SIGTERM: asks the process to end.</summary>
    Term = 15,

    /// <summary>SIGCONT: lets a stopped process go on.</summary>
    Cont = 18,

    /// <summary>SIGSTOP: stops all threads of the process.</summary>
    Stop = 19,
}
