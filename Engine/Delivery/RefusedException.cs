namespace ClickSink.Engine.Delivery;

/// <summary>The sink refuses a range, and whoever writes it was told not to wait for a repair.</summary>
internal sealed class RefusedException : Exception
{
    public RefusedException(string message)
        : base(message)
    {
    }
}
