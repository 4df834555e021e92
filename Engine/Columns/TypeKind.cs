namespace ClickSink.Engine.Columns;

/// <summary>The families of ClickHouse types that columns can be built for.</summary>
public enum TypeKind
{
    /// <summary>Bytes of any length.</summary>
    String,

    /// <summary>Signed integer of 8 bits.</summary>
    Int8,

    /// <summary>Signed integer of 16 bits.</summary>
    Int16,

    /// <summary>Signed integer of 32 bits.</summary>
    Int32,

    /// <summary>Signed integer of 64 bits.</summary>
    Int64,

    /// <summary>Unsigned integer of 8 bits.</summary>
    UInt8,

    /// <summary>Unsigned integer of 16 bits.</summary>
    UInt16,

    /// <summary>Unsigned integer of 32 bits.</summary>
    UInt32,

    /// <summary>Unsigned integer of 64 bits.</summary>
    UInt64,

    /// <summary>IEEE 754 binary32.</summary>
    Float32,

    /// <summary>IEEE 754 binary64.</summary>
    Float64,

    /// <summary>True or false.</summary>
    Bool,

    /// <summary>A day from 1970-01-01 to 2149-06-06.</summary>
    Date,

    /// <summary>A second from 1970 to 2106.</summary>
    DateTime,

    /// <summary>A fraction of a second, from 1900 to 2299.</summary>
    DateTime64,

    /// <summary>128 bits, written in hexadecimal.</summary>
    Uuid,

    /// <summary>A decimal number of fixed precision and scale.</summary>
    Decimal,

    /// <summary>A type with null added.</summary>
    Nullable,

    /// <summary>A type held as a dictionary of its distinct values.</summary>
    LowCardinality,
}
