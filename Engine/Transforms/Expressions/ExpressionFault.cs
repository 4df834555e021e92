namespace ClickSink.Engine.Transforms.Expressions;

/// <summary>What is wrong with an expression. Thrown while one is compiled, and caught where a document's faults are gathered.</summary>
/// <param name="at">Position in the expression, from 0.</param>
/// <param name="message">What is wrong and what to do.</param>
internal sealed class ExpressionFault(int at, string message) : Exception(message)
{
    /// <summary>Position in the expression, from 0.</summary>
    public int At => at;
}
