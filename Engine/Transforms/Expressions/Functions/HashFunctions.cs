using System.Security.Cryptography;
using ClickSink.Engine.Transforms.Expressions.Nodes;
using Text = System.ReadOnlyMemory<byte>;

namespace ClickSink.Engine.Transforms.Expressions.Functions;

/// <summary><c>sha256(x)</c>, in hexadecimal, and <c>uuid5(namespace, name)</c> of RFC 9562.</summary>
internal static class HashFunctions
{
    private const int UuidBytes = 16;
    private const int UuidTextBytes = 36;

    // The namespaces that RFC 9562 names, section 6.6.
    private static readonly Dictionary<string, Guid> Namespaces = new(StringComparer.Ordinal)
    {
        ["dns"] = new("6ba7b810-9dad-11d1-80b4-00c04fd430c8"),
        ["url"] = new("6ba7b811-9dad-11d1-80b4-00c04fd430c8"),
        ["oid"] = new("6ba7b812-9dad-11d1-80b4-00c04fd430c8"),
        ["x500"] = new("6ba7b814-9dad-11d1-80b4-00c04fd430c8"),
    };

    public static void AddTo(FunctionTable table)
    {
        table.Add<Text, Text>("sha256", (RowScope row, Text a, out Text r) => Sha256(row, a.Span, out r));
        table.Add<Blob, Text>("sha256", (RowScope row, Blob a, out Text r) => Sha256(row, a.Bytes.Span, out r));
        table.Add("uuid5", [ExprKind.String, ExprKind.String], (syntax, arguments) =>
        {
            if (arguments[0] is not ConstantNode<Text> name || !TryFindNamespace(name.Constant, out var space))
                throw new ExpressionFault(arguments[0].Syntax.Start, $"the namespace of uuid5 must be a literal: a UUID, or one of {string.Join(", ", Namespaces.Keys)}");
            return new CallNode<Text, Text>(ExprType.String, syntax, (Node<Text>)arguments[1], (RowScope row, Text a, out Text r) => Uuid5(row, space, a.Span, out r));
        });
    }

    private static bool TryFindNamespace(Text text, out Guid space)
    {
        var name = System.Text.Encoding.UTF8.GetString(text.Span);
        return Namespaces.TryGetValue(name, out space) || Guid.TryParseExact(name, "D", out space);
    }

    private static Outcome Sha256(RowScope row, ReadOnlySpan<byte> data, out Text result)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(data, hash);
        var room = row.Take(2 * hash.Length);
        Convert.TryToHexStringLower(hash, room.Span, out _);
        result = room;
        return Outcome.Value;
    }

    private static Outcome Uuid5(RowScope row, Guid space, ReadOnlySpan<byte> name, out Text result)
    {
        var input = row.Take(UuidBytes + name.Length);
        space.TryWriteBytes(input.Span, bigEndian: true, out _);
        name.CopyTo(input.Span[UuidBytes..]);
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350 // The standard says SHA-1; nothing is kept secret by it.
        SHA1.HashData(input.Span, hash);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        var room = row.Take(UuidTextBytes);
        new Guid(hash[..UuidBytes], bigEndian: true).TryFormat(room.Span, out _);
        result = room;
        return Outcome.Value;
    }
}
