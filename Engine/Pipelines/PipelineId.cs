using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace ClickSink.Engine.Pipelines;

/// <summary>What may be the id of a pipeline or the name of a sink.</summary>
public static partial class PipelineId
{
    /// <summary>The rule, for messages.</summary>
    public const string Rule = "must be 1 to 63 lower-case letters, digits, dots and hyphens, beginning and ending with a letter or digit";

    /// <summary>Whether a text is one.</summary>
    public static bool IsValid([NotNullWhen(true)] string? text) => text is not null && Pattern().IsMatch(text);

    [GeneratedRegex("^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?\\z")]
    private static partial Regex Pattern();
}
