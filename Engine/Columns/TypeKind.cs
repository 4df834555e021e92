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

    /// <summary>Signed integer of 128 bits.</summary>
    Int128,

    /// <summary>Signed integer of 256 bits.</summary>
    Int256,

    /// <summary>Unsigned integer of 128 bits.</summary>
    UInt128,

    /// <summary>Unsigned integer of 256 bits.</summary>
    UInt256,

    /// <summary>The upper half of an IEEE 754 binary32.</summary>
    BFloat16,

    /// <summary>A fixed number of bytes.</summary>
    FixedString,

    /// <summary>A day from 1900-01-01 to 2299-12-31.</summary>
    Date32,

    /// <summary>A time of day or a span of time, in seconds, up to 999:59:59.</summary>
    Time,

    /// <summary>A time of day or a span of time, in fractions of a second, up to 999:59:59.</summary>
    Time64,

    /// <summary>An IPv4 address.</summary>
    Ipv4,

    /// <summary>An IPv6 address.</summary>
    Ipv6,

    /// <summary>Names with numbers of 8 bits.</summary>
    Enum8,

    /// <summary>Names with numbers of 16 bits.</summary>
    Enum16,

    /// <summary>Any number of values of one type.</summary>
    Array,

    /// <summary>A fixed number of values, each of its own type, with or without names.</summary>
    Tuple,

    /// <summary>Any number of records: sent as one array a field, as ClickHouse stores it by default.</summary>
    Nested,

    /// <summary>Keys with values.</summary>
    Map,

    /// <summary>A JSON object.</summary>
    Json,

    /// <summary>A value of one of several types.</summary>
    Variant,

    /// <summary>A value of any type.</summary>
    Dynamic,
}
