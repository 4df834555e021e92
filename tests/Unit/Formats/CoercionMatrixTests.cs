using System.Text.RegularExpressions;
using ClickSink.Engine.Columns;
using ClickSink.Servers;
using ClickSink.Tests.Shared.Coercions;
using Xunit;
using static ClickSink.Tests.Unit.Formats.DecoderHarness;

namespace ClickSink.Tests.Unit.Formats;

/// <summary>
/// docs/coercions.md, cell by cell: a cell that says "reject" has examples that are all refused, any other one has an example that is
/// stored. What is stored is compared with what real servers print in the integration suite.
/// </summary>
public sealed partial class CoercionMatrixTests
{
    private static readonly string[] Kinds = ["text", "number", "true / false", "object", "array", "null"];

    public static TheoryData<string> Types => [.. CoercionMatrix.Types];

    [Theory]
    [MemberData(nameof(Types))]
    public void TryDecode_EveryCase_IsStoredOrRefusedAsTheMatrixSays(string type)
    {
        using var decoder = new DecoderHarness(Column("v", type));
        string canonical = decoder.Plan.Columns[0].Type.ToString();
        foreach (CoercionCase item in CoercionMatrix.Cases.Where(item => item.Type == type))
        {
            string message = $$"""{"v":{{item.Json}}}""";
            if (item.Reason is null)
                decoder.Accept(message);
            else
                Assert.EndsWith(item.Reason, decoder.Reject(message).Reason, StringComparison.Ordinal);
        }

        Assert.True(ColumnType.TryParse(canonical, out _, out _));
    }

    [Fact]
    public void Document_HasARowForEveryTypeAndACellForEveryKindOfValue()
    {
        List<string[]> rows = ReadTable();
        Assert.Equal(["column type", .. Kinds], rows[0]);
        foreach (TypeKind kind in Enum.GetValues<TypeKind>().Where(kind => kind is not (TypeKind.Nullable or TypeKind.LowCardinality)))
            Assert.True(rows.Any(row => RowTypes(row).Contains(Written(kind))), $"docs/coercions.md has no row for {Written(kind)}");
    }

    [Fact]
    public void Document_EachCell_SaysWhatTheExamplesShow()
    {
        List<string> wrong = [];
        foreach (string[] row in ReadTable().Skip(1))
        {
            foreach (string type in RowTypes(row))
            {
                for (int kind = 0; kind < Kinds.Length; kind++)
                {
                    List<CoercionCase> cases = [.. CoercionMatrix.Cases.Where(item => item.Kind == Kinds[kind] && IsOf(item.Type, type))];
                    bool saysReject = row[kind + 1] == "reject";
                    if (cases.Count == 0) wrong.Add($"{type}, {Kinds[kind]}: no example");
                    else if (cases.Exists(item => item.Printed is not null) == saysReject) wrong.Add($"{type}, {Kinds[kind]}: \"{row[kind + 1]}\"");
                }
            }
        }

        Assert.Empty(wrong);
    }

    /// <summary>The types that a row is for: names in its first cell, where Tuple stands with what is in it.</summary>
    private static string[] RowTypes(string[] row) => [.. TypePattern().Matches(row[0]).Select(match => match.Value)];

    private static bool IsOf(string type, string rowType)
    {
        Assert.True(ColumnType.TryParse(type, out ColumnType? parsed, out _));
        if (rowType == "Tuple(a T)") return parsed.Kind == TypeKind.Tuple && parsed.Elements[0].Name is not null;
        if (rowType == "Tuple(T)") return parsed.Kind == TypeKind.Tuple && parsed.Elements[0].Name is null;
        return Written(parsed.Kind) == rowType;
    }

    private static string Written(TypeKind kind) => kind switch
    {
        TypeKind.Uuid => "UUID",
        TypeKind.Ipv4 => "IPv4",
        TypeKind.Ipv6 => "IPv6",
        TypeKind.Json => "JSON",
        TypeKind.Tuple => "Tuple(T)",
        _ => kind.ToString(),
    };

    private static List<string[]> ReadTable()
    {
        string[] lines = File.ReadAllLines(Path.Combine(Checkout.Root, "docs", "coercions.md"));
        return [.. lines.SkipWhile(line => !line.StartsWith("| column type", StringComparison.Ordinal))
            .TakeWhile(line => line.StartsWith('|'))
            .Where(line => !line.StartsWith("|---", StringComparison.Ordinal))
            .Select(line => line.Trim('|', ' ').Split('|', StringSplitOptions.TrimEntries))];
    }

    [GeneratedRegex(@"Tuple\([^)]*\)|[A-Z][A-Za-z]*[0-9]*")]
    private static partial Regex TypePattern();
}
