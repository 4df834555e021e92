namespace ClickSink.Engine.Mapping.Inference;

/// <summary>The kinds of JSON values; true and false are one.</summary>
public enum JsonKind
{
    /// <summary>Null.</summary>
    Null,

    /// <summary>True or false.</summary>
    Bool,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A text.</summary>
    Text,

    /// <summary>An object.</summary>
    Object,

    /// <summary>An array.</summary>
    Array,
}
