namespace ClickSink.Engine.Transforms.Expressions;

/// <summary>What evaluating an expression for a row came to.</summary>
internal enum Outcome : byte
{
    /// <summary>A value.</summary>
    Value,

    /// <summary>Null.</summary>
    Null,

    /// <summary>An error, which rejects the row unless <c>&amp;&amp;</c> or <c>||</c> absorbs it; the scope knows why.</summary>
    Error,
}
