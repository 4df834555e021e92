namespace ClickSink.Tests.Shared.Coercions;

/// <summary>Every cell of docs/coercions.md in examples, edge values included: <c>cases.txt</c> beside this file.</summary>
public static class CoercionMatrix
{
    /// <summary>All cases.</summary>
    public static IReadOnlyList<CoercionCase> Cases { get; } = Read();

    /// <summary>The types, in the order of the file.</summary>
    public static IReadOnlyList<string> Types { get; } = [.. Cases.Select(item => item.Type).Distinct()];

    // A line that begins with # names a type; the others are "value => printed" or "value !! reason".
    private static List<CoercionCase> Read()
    {
        using var stream = typeof(CoercionMatrix).Assembly.GetManifestResourceStream("Coercions/cases.txt")!;
        using var reader = new StreamReader(stream);
        List<CoercionCase> cases = [];
        string type = "";
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0) continue;
            if (line[0] == '#')
            {
                type = line[1..].Trim();
                continue;
            }

            var stored = line.Split(" => ");
            var refused = line.Split(" !! ");
            cases.Add(stored.Length == 2 ? new CoercionCase(type, stored[0], stored[1], null)
                : refused.Length == 2 ? new CoercionCase(type, refused[0], null, refused[1])
                : throw new FormatException($"cases.txt: '{line}' is neither 'value => printed' nor 'value !! reason'"));
        }

        return cases;
    }
}
