namespace ClickSink.Engine.Transforms.Expressions;

/// <summary>The type of an expression, known before any row is seen.</summary>
/// <param name="Kind">The family.</param>
/// <param name="Element">The type of a list's elements or a map's values; else null.</param>
/// <param name="Key">The type of a map's keys; else null.</param>
internal sealed record ExprType(ExprKind Kind, ExprType? Element = null, ExprType? Key = null)
{
    public static ExprType Null { get; } = new(ExprKind.Null);

    public static ExprType Bool { get; } = new(ExprKind.Bool);

    public static ExprType Int { get; } = new(ExprKind.Int);

    public static ExprType UInt { get; } = new(ExprKind.UInt);

    public static ExprType Double { get; } = new(ExprKind.Double);

    public static ExprType Decimal { get; } = new(ExprKind.Decimal);

    public static ExprType String { get; } = new(ExprKind.String);

    public static ExprType Bytes { get; } = new(ExprKind.Bytes);

    public static ExprType Timestamp { get; } = new(ExprKind.Timestamp);

    public static ExprType Duration { get; } = new(ExprKind.Duration);

    /// <summary>The type that a kind has when nothing more is to be said; not for lists and maps.</summary>
    public static ExprType Of(ExprKind kind) => kind switch
    {
        ExprKind.Bool => Bool,
        ExprKind.Int => Int,
        ExprKind.UInt => UInt,
        ExprKind.Double => Double,
        ExprKind.Decimal => Decimal,
        ExprKind.String => String,
        ExprKind.Bytes => Bytes,
        ExprKind.Timestamp => Timestamp,
        ExprKind.Duration => Duration,
        ExprKind.Null => Null,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A list or map needs the types of what is in it."),
    };

    /// <summary>The type as CEL names it.</summary>
    public override string ToString() => Kind switch
    {
        ExprKind.List => $"list({Element})",
        ExprKind.Map => $"map({Key}, {Element})",
        _ => Kind.ToString().ToLowerInvariant(),
    };
}
