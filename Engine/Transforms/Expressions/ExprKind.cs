namespace ClickSink.Engine.Transforms.Expressions;

/// <summary>The families of values that expressions compute with.</summary>
internal enum ExprKind
{
    /// <summary>The literal null, which takes the type of what it meets.</summary>
    Null,

    /// <summary>True or false.</summary>
    Bool,

    /// <summary>A signed whole number of 64 bits.</summary>
    Int,

    /// <summary>An unsigned whole number of 64 bits.</summary>
    UInt,

    /// <summary>IEEE 754 binary64.</summary>
    Double,

    /// <summary>A decimal number of up to 28 digits, exact.</summary>
    Decimal,

    /// <summary>Text in UTF-8.</summary>
    String,

    /// <summary>Bytes of any kind.</summary>
    Bytes,

    /// <summary>A point in time.</summary>
    Timestamp,

    /// <summary>A length of time.</summary>
    Duration,

    /// <summary>Values of one type, in order.</summary>
    List,

    /// <summary>Values of one type by key.</summary>
    Map,
}
