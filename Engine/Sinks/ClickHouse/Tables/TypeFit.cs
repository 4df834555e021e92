using ClickSink.Engine.Columns;

namespace ClickSink.Engine.Sinks.ClickHouse.Tables;

/// <summary>What happens to the values of one type in a column of another.</summary>
internal enum TypeFit
{
    /// <summary>The types are the same, null and dictionaries aside.</summary>
    Same,

    /// <summary>The server converts, and every value arrives as it is.</summary>
    Lossless,

    /// <summary>The server converts, and values can be cut, changed or refused.</summary>
    Narrowing,

    /// <summary>Values of the one mean nothing in the other.</summary>
    Other,
}

/// <summary>Compares types.</summary>
internal static class TypeFits
{
    private static readonly Dictionary<TypeKind, (bool IsSigned, int Bits)> Integers = new()
    {
        [TypeKind.UInt8] = (false, 8), [TypeKind.UInt16] = (false, 16), [TypeKind.UInt32] = (false, 32), [TypeKind.UInt64] = (false, 64),
        [TypeKind.UInt128] = (false, 128), [TypeKind.UInt256] = (false, 256),
        [TypeKind.Int128] = (true, 128), [TypeKind.Int256] = (true, 256),
        [TypeKind.Int8] = (true, 8), [TypeKind.Int16] = (true, 16), [TypeKind.Int32] = (true, 32), [TypeKind.Int64] = (true, 64),
    };

    private static readonly HashSet<TypeKind> Times = [TypeKind.Date, TypeKind.Date32, TypeKind.DateTime, TypeKind.DateTime64];

    /// <summary>What happens to the values of a type in a column of another; null and dictionaries are not looked at.</summary>
    public static TypeFit Compare(ColumnType from, ColumnType to)
    {
        var (source, target) = (Plain(from), Plain(to));
        if (source.Equals(target)) return TypeFit.Same;
        if (source.IsComposite || target.IsComposite) return CompareParts(source, target);
        if (target.Kind is TypeKind.String or TypeKind.Dynamic) return TypeFit.Lossless;
        if (source.Kind is TypeKind.String or TypeKind.FixedString or TypeKind.Dynamic or TypeKind.Json or TypeKind.Variant)
            return TypeFit.Narrowing;
        if (source.Kind is TypeKind.Ipv4 && target.Kind is TypeKind.Ipv6) return TypeFit.Lossless;
        if (source.Kind is TypeKind.Enum8 or TypeKind.Enum16 && target.Kind is TypeKind.Enum8 or TypeKind.Enum16) return TypeFit.Narrowing;
        if (Times.Contains(source.Kind) && Times.Contains(target.Kind)) return CompareTimes(source, target);
        if (IsNumber(source) && IsNumber(target)) return HoldsAll(source, target) ? TypeFit.Lossless : TypeFit.Narrowing;
        return TypeFit.Other;
    }

    /// <summary>A type without null and without a dictionary.</summary>
    public static ColumnType Plain(ColumnType type) =>
        type.Kind is TypeKind.Nullable or TypeKind.LowCardinality ? Plain(type.Element!) : type;

    // Arrays, maps, tuples: part by part; between each other and to anything else the server does not convert.
    private static TypeFit CompareParts(ColumnType source, ColumnType target)
    {
        if (source.Kind != target.Kind || source.Elements.Count != target.Elements.Count) return TypeFit.Other;
        var worst = TypeFit.Same;
        for (var i = 0; i < source.Elements.Count; i++)
        {
            var (from, to) = (source.Elements[i], target.Elements[i]);
            // Names of a tuple's elements are part of its type.
            var fit = from.Name != to.Name
                ? TypeFit.Other
                : from.Type.IsNullable && !to.Type.IsNullable ? TypeFit.Narrowing
                : Compare(from.Type, to.Type);
            if (fit > worst) worst = fit;
        }

        return worst;
    }

    private static bool IsNumber(ColumnType type) =>
        Integers.ContainsKey(type.Kind) || type.Kind is TypeKind.Bool or TypeKind.Float32 or TypeKind.Float64 or TypeKind.Decimal;

    private static TypeFit CompareTimes(ColumnType source, ColumnType target)
    {
        // A zone is how a moment is shown, not which it is.
        if (source.Kind == target.Kind) return target.Precision >= source.Precision ? TypeFit.Lossless : TypeFit.Narrowing;
        return (source.Kind, target.Kind) is (TypeKind.DateTime, TypeKind.DateTime64) or (TypeKind.Date, TypeKind.DateTime64) or (TypeKind.Date, TypeKind.Date32) ? TypeFit.Lossless : TypeFit.Narrowing;
    }

    private static bool HoldsAll(ColumnType source, ColumnType target)
    {
        if (source.Kind is TypeKind.Bool) source = new ColumnType { Kind = TypeKind.UInt8 };
        if (source.Kind is TypeKind.Decimal)
            return target.Kind is TypeKind.Decimal && target.Scale >= source.Scale
                && target.Precision - target.Scale >= source.Precision - source.Scale;
        if (!Integers.TryGetValue(source.Kind, out var have))
            return (source.Kind, target.Kind)
                is (TypeKind.Float32, TypeKind.Float64) or (TypeKind.BFloat16, TypeKind.Float32 or TypeKind.Float64);
        // A float has 8, 24 and 53 bits for whole numbers.
        if (target.Kind is TypeKind.BFloat16) return have.Bits <= 8;
        if (target.Kind is TypeKind.Float32) return have.Bits <= 16;
        if (target.Kind is TypeKind.Float64) return have.Bits <= 32;
        // Decimal digits of the largest value.
        if (target.Kind is TypeKind.Decimal)
            return target.Precision - target.Scale >= (have.Bits switch { 8 => 3, 16 => 5, 32 => 10, 64 => 20, 128 => 39, _ => 78 });
        if (!Integers.TryGetValue(target.Kind, out var want)) return false;
        return have.IsSigned == want.IsSigned ? want.Bits >= have.Bits : want.IsSigned && want.Bits > have.Bits;
    }
}
