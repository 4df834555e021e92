namespace ClickSink.Engine.Pipelines;

/// <summary>A value that must never be shown: it prints as <c>***</c> wherever text is made of it.</summary>
public sealed class Secret
{
    /// <summary>What stands for a secret in every output, and means "keep the present one" in an input.</summary>
    public const string Mask = "***";

    private readonly string _value;

    /// <summary>Wraps a value.</summary>
    public Secret(string value) => _value = value;

    /// <summary>The value itself, for the one place that hands it to a server.</summary>
    public string Reveal() => _value;

    /// <summary>Always <see cref="Mask"/>.</summary>
    public override string ToString() => Mask;
}
