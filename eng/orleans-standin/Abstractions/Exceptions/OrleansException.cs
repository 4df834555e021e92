namespace Orleans.Runtime;

/// <summary>The base of what the runtime throws.</summary>
[GenerateSerializer]
public class OrleansException : Exception
{
    /// <summary>Makes an error.</summary>
    public OrleansException()
    {
    }

    /// <summary>Makes an error.</summary>
    /// <param name="message">What went wrong.</param>
    public OrleansException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an error.</summary>
    /// <param name="message">What went wrong.</param>
    /// <param name="innerException">Why.</param>
    public OrleansException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>A silo did not take the call: it was not executed there.</summary>
[GenerateSerializer]
public class OrleansMessageRejectionException : OrleansException
{
    internal OrleansMessageRejectionException(string message)
        : base(message)
    {
    }

    internal OrleansMessageRejectionException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>The silo that had the call died, or went out of reach: the call may have been executed or not.</summary>
[GenerateSerializer]
public sealed class SiloUnavailableException : OrleansMessageRejectionException
{
    /// <summary>Makes an error.</summary>
    public SiloUnavailableException()
        : base("The silo is unavailable.")
    {
    }

    /// <summary>Makes an error.</summary>
    /// <param name="msg">What went wrong.</param>
    public SiloUnavailableException(string msg)
        : base(msg)
    {
    }

    /// <summary>Makes an error.</summary>
    /// <param name="message">What went wrong.</param>
    /// <param name="innerException">Why.</param>
    public SiloUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>The silo or client is set up in a way that cannot work.</summary>
[GenerateSerializer]
public sealed class OrleansConfigurationException : Exception
{
    /// <summary>Makes an error.</summary>
    /// <param name="message">What is wrong, and what to do.</param>
    public OrleansConfigurationException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an error.</summary>
    /// <param name="message">What is wrong, and what to do.</param>
    /// <param name="innerException">Why.</param>
    public OrleansConfigurationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>A reminder could not be changed.</summary>
[GenerateSerializer]
public sealed class ReminderException : OrleansException
{
    /// <summary>Makes an error.</summary>
    /// <param name="message">What went wrong.</param>
    public ReminderException(string message)
        : base(message)
    {
    }
}
