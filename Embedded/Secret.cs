namespace ClickSink.Embedded;

/// <summary>A text that must not reach a log: it prints as <c>***</c>, and only <see cref="Reveal"/> gives it away.</summary>
public sealed class Secret
{
    /// <summary>The secret of no characters.</summary>
    public static readonly Secret Empty = new("");

    private readonly string _value;

    /// <summary>Wraps <paramref name="value"/>.</summary>
    public Secret(string value) => _value = value ?? throw new ArgumentNullException(nameof(value));

    /// <summary>The text itself.</summary>
    public string Reveal() => _value;

    /// <summary>Always <c>***</c>.</summary>
    public override string ToString() => "***";
}
