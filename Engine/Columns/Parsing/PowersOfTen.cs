namespace ClickSink.Engine.Columns.Parsing;

/// <summary>Powers of ten that a type holds exactly. Arrays: a span over constants allocates until the code is optimized.</summary>
internal static class PowersOfTen
{
    /// <summary>The largest exponent of <see cref="Integers"/>.</summary>
    public const int MaxInteger = 19;

    /// <summary>The largest exponent of <see cref="Doubles"/>.</summary>
    public const int MaxDouble = 22;

    /// <summary>The largest exponent of <see cref="Singles"/>.</summary>
    public const int MaxSingle = 10;

    /// <summary>10^0 to 10^19, all that 64 bits hold.</summary>
    public static readonly ulong[] Integers =
    [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000, 100_000_000_000,
        1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000, 10_000_000_000_000_000,
        100_000_000_000_000_000, 1_000_000_000_000_000_000, 10_000_000_000_000_000_000,
    ];

    /// <summary>10^0 to 10^22, which a binary64 holds without rounding.</summary>
    public static readonly double[] Doubles =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    /// <summary>10^0 to 10^10, which a binary32 holds without rounding.</summary>
    public static readonly float[] Singles = [1e0f, 1e1f, 1e2f, 1e3f, 1e4f, 1e5f, 1e6f, 1e7f, 1e8f, 1e9f, 1e10f];
}
