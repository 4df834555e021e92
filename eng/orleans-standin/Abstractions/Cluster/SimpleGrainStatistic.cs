namespace Orleans.Runtime;

/// <summary>How many activations of a grain class a silo has.</summary>
[GenerateSerializer, Immutable, Alias("Orleans.SimpleGrainStatistic")]
public sealed class SimpleGrainStatistic
{
    /// <summary>The grain class.</summary>
    [Id(0)]
    public string GrainType { get; init; } = null!;

    /// <summary>The silo.</summary>
    [Id(1)]
    public SiloAddress SiloAddress { get; init; } = null!;

    /// <summary>The activations.</summary>
    [Id(2)]
    public int ActivationCount { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{SiloAddress} {GrainType} {ActivationCount}";
}
