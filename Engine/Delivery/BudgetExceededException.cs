namespace ClickSink.Engine.Delivery;

/// <summary>More was rejected than <c>errors.budget</c> allows; what was rejected is dealt with.</summary>
internal sealed class BudgetExceededException : Exception
{
    public BudgetExceededException(string message)
        : base(message)
    {
    }
}
