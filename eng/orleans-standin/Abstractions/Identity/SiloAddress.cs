using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Text.Json.Serialization;
using Orleans.Standin;
using Orleans.Standin.Serialization;

namespace Orleans.Runtime;

/// <summary>A start of a silo: its endpoint, and a generation that tells it from earlier starts on the same endpoint.</summary>
[JsonConverter(typeof(SiloAddressConverter))]
[Immutable]
public sealed class SiloAddress : IEquatable<SiloAddress>, IComparable<SiloAddress>
{
    private static readonly DateTime GenerationEpoch = new(2022, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static long _lastGeneration;

    private SiloAddress(IPEndPoint endpoint, int generation) => (Endpoint, Generation) = (endpoint, generation);

    /// <summary>Where silos reach it.</summary>
    public IPEndPoint Endpoint { get; }

    /// <summary>Seconds since 2022 when it started.</summary>
    public int Generation { get; }

    /// <summary>Makes an address.</summary>
    /// <param name="ep">The endpoint.</param>
    /// <param name="gen">The generation.</param>
    public static SiloAddress New(IPEndPoint ep, int gen) => New(ep.Address, ep.Port, gen);

    /// <summary>Makes an address.</summary>
    /// <param name="address">The IP address.</param>
    /// <param name="port">The silo port.</param>
    /// <param name="generation">The generation.</param>
    public static SiloAddress New(IPAddress address, int port, int generation) =>
        new(new IPEndPoint(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address, port), generation);

    /// <summary>A generation for a silo that starts now: higher than each that this process handed out before.</summary>
    public static int AllocateNewGeneration()
    {
        var now = (DateTime.UtcNow - GenerationEpoch).Ticks / TimeSpan.TicksPerSecond;
        long last, next;
        do
        {
            last = Interlocked.Read(ref _lastGeneration);
            next = Math.Max(now, last + 1);
        }
        while (Interlocked.CompareExchange(ref _lastGeneration, next, last) != last);

        return unchecked((int)next);
    }

    /// <summary>The text that <see cref="FromParsableString"/> reads: <c>127.0.0.1:11111@123</c>.</summary>
    public string ToParsableString() => $"{Endpoint}@{Generation.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Reads what <see cref="ToParsableString"/> wrote.</summary>
    /// <param name="addr">The text.</param>
    /// <exception cref="FormatException">It is no silo address.</exception>
    public static SiloAddress FromParsableString(string addr) => TryParse(addr, out var result)
        ? result
        : throw new FormatException($"\"{addr}\" is not a silo address: address:port@generation is expected.");

    /// <summary>Reads an address if the text is one.</summary>
    /// <param name="value">The text.</param>
    /// <param name="result">The address.</param>
    public static bool TryParse([NotNullWhen(true)] string? value, [NotNullWhen(true)] out SiloAddress? result)
    {
        var at = value?.LastIndexOf('@') ?? -1;
        result = at > 0
            && IPEndPoint.TryParse(value.AsSpan(0, at), out var endpoint)
            && int.TryParse(value.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var generation)
            ? New(endpoint, generation)
            : null;
        return result is not null;
    }

    /// <summary>Whether this start came after another one on the same endpoint.</summary>
    /// <param name="other">The other start.</param>
    public bool IsSuccessorOf(SiloAddress other) =>
        Endpoint.Equals(other.Endpoint) && other.Generation > 0 && Generation > other.Generation;

    /// <summary>Whether this start came before another one on the same endpoint.</summary>
    /// <param name="other">The other start.</param>
    public bool IsPredecessorOf(SiloAddress other) =>
        Endpoint.Equals(other.Endpoint) && Generation > 0 && Generation < other.Generation;

    /// <summary>A hash that is the same in every process of a cluster: where the silo stands on the ring.</summary>
    public int GetConsistentHashCode()
    {
        Span<byte> bytes = stackalloc byte[24];
        bytes.Clear();
        Endpoint.Address.TryWriteBytes(bytes, out _);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[16..], Endpoint.Port);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[20..], Generation);
        return (int)StableHash.OfBytes(bytes);
    }

    /// <inheritdoc/>
    public bool Equals([NotNullWhen(true)] SiloAddress? other) =>
        other is not null && Generation == other.Generation && Endpoint.Equals(other.Endpoint);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SiloAddress);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Endpoint, Generation);

    /// <inheritdoc/>
    public int CompareTo(SiloAddress? other) => other is null ? 1 : Generation != other.Generation
        ? Generation.CompareTo(other.Generation)
        : string.CompareOrdinal(Endpoint.ToString(), other.Endpoint.ToString());

    /// <inheritdoc/>
    public override string ToString() => $"S{Endpoint}:{Generation.ToString(CultureInfo.InvariantCulture)}";
}
