using System.ComponentModel.DataAnnotations;
using ClickSink.Engine.Mapping;

namespace ClickSink.Engine.Pipelines;

/// <summary>A column that is computed from others.</summary>
public sealed record DeriveOptions
{
    /// <summary>The column's name; no other has it.</summary>
    [Required]
    public string Name { get; init; } = "";

    /// <summary>The column's ClickHouse type.</summary>
    [Required]
    public string Type { get; init; } = "";

    /// <summary>The expression. It can use all columns of the mapping and those derived before.</summary>
    [Required]
    public string Value { get; init; } = "";

    /// <summary>What the column gets when the expression comes to null. Default: null if the type has it, else the type's default value.</summary>
    public MissingPolicy? Missing { get; init; }

    /// <summary>Whether the sinks get the column; true by default.</summary>
    public bool Stored { get; init; } = true;
}
