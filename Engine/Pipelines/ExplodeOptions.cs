using System.ComponentModel.DataAnnotations;

namespace ClickSink.Engine.Pipelines;

/// <summary>An array of the message whose elements become a row each. Paths of the mapping that begin with it and <c>[*]</c> lead into the element.</summary>
public sealed record ExplodeOptions
{
    /// <summary>Where the array is in the message.</summary>
    [Required]
    public string Path { get; init; } = "";

    /// <summary>Whether a message whose array is empty or missing is a row all the same, without the element's values; false by default: it is none.</summary>
    public bool KeepEmpty { get; init; }
}
