using System.Text.RegularExpressions;

namespace ClickSink.Engine.Pipelines;

/// <summary>A value that must never be shown: it prints as <c>***</c> wherever text is made of it.</summary>
public sealed partial class Secret
{
    /// <summary>What stands for a secret in every output, and means "keep the present one" in an input.</summary>
    public const string Mask = "***";

    private readonly string _value;

    /// <summary>Wraps a value.</summary>
    public Secret(string value) => _value = value;

    /// <summary>The value itself, for the one place that hands it to a server.</summary>
    public string Reveal() => _value;

    /// <summary>Whether a key sounds as if it held a secret, so that what somebody wrote there by mistake is not shown either.</summary>
    public static bool IsNameOfOne(string key) => NamePattern().IsMatch(key);

    /// <summary>Always <see cref="Mask"/>.</summary>
    public override string ToString() => Mask;

    [GeneratedRegex("passw|secret|token|credential|\\.pem$", RegexOptions.IgnoreCase)]
    private static partial Regex NamePattern();
}
