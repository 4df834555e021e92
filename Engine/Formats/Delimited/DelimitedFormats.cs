using ClickSink.Engine.Mapping;
using ClickSink.Engine.Pipelines;

namespace ClickSink.Engine.Formats.Delimited;

/// <summary>Registers csv and tsv.</summary>
internal static class DelimitedFormats
{
    public static FormatKind Csv { get; } = new()
    {
        Name = "csv",
        Find = format => format.Csv,
        HasObjects = false,
        Create = (options, plan, limits) => new DelimitedDecoder(plan, limits, DelimitedPlan.Of((CsvFormatOptions)options)),
        Validate = (options, path, faults) => Validate((CsvFormatOptions)options, path, faults),
        CheckPath = (options, path) => CheckPath(path, ((CsvFormatOptions)options).Columns),
    };

    public static FormatKind Tsv { get; } = new()
    {
        Name = "tsv",
        Find = format => format.Tsv,
        HasObjects = false,
        Create = (options, plan, limits) => new DelimitedDecoder(plan, limits, DelimitedPlan.Of((TsvFormatOptions)options)),
        Validate = (options, path, faults) => ValidateColumns(((TsvFormatOptions)options).Header, ((TsvFormatOptions)options).Columns, path, faults),
        CheckPath = (options, path) => CheckPath(path, ((TsvFormatOptions)options).Columns),
    };

    private static void Validate(CsvFormatOptions options, string path, FaultList faults)
    {
        ValidateColumns(options.Header, options.Columns, path, faults);
        if (!IsSign(options.Delimiter)) faults.Add($"{path}.delimiter", options.Delimiter, "must be one ASCII sign that is no letter, digit, line end or backslash, such as \",\", \";\" or \"|\"");
        if (options.Quote.Length > 0 && !IsSign(options.Quote)) faults.Add($"{path}.quote", options.Quote, "must be one ASCII sign that is no letter, digit, line end or backslash, or empty");
        if (options.Quote == options.Delimiter) faults.Add($"{path}.quote", options.Quote, "must be another sign than the delimiter");
    }

    private static void ValidateColumns(bool header, IReadOnlyList<string> columns, string path, FaultList faults)
    {
        if (header && columns.Count > 0)
            faults.Add($"{path}.columns", null, "names are given twice: set header to false, or leave columns out");
        else if (!header && columns.Count == 0)
            faults.Add($"{path}.columns", null, "is needed where header is false: the names of the fields, in their order");
        for (int i = 0; i < columns.Count; i++)
        {
            if (columns.Take(i).Contains(columns[i])) faults.Add($"{path}.columns[{i}]", columns[i], "another field has this name");
        }
    }

    private static string? CheckPath(MappingPath path, IReadOnlyList<string> columns)
    {
        if (path.Metadata is not null) return null;
        if (path.Segments.Count > 1) return "must be the name of a field: text has no objects or arrays inside of fields; write \\. and \\[ for a name that holds a dot or bracket";
        string name = path.Segments[0].Key!;
        return columns.Count == 0 || columns.Contains(name) ? null : $"no field of this name is in columns; known there: {string.Join(", ", columns)}";
    }

    private static bool IsSign(string text) => text.Length == 1 && char.IsAscii(text[0]) && !char.IsAsciiLetterOrDigit(text[0]) && text[0] is not ('\n' or '\r' or '\\' or '\0');
}
