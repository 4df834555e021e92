using ClickSink.Engine.Formats;
using ClickSink.Engine.Mapping;

namespace ClickSink.Engine.Pipelines;

/// <summary>The rules of <see cref="FormatOptions"/> that go beyond types, and those that a format has for the mapping.</summary>
internal static class FormatOptionsValidator
{
    private const long LeastBytes = 1024;

    public static void Validate(FormatOptions format, MappingOptions mapping, FaultList faults)
    {
        string[] chosen = [.. FormatKinds.All.Where(kind => kind.Find(format) is not null).Select(kind => kind.Name)];
        if (chosen.Length > 1)
            faults.Add("format", null, $"a pipeline has one format, and {string.Join(", ", chosen)} are given; keep one of them");
        CheckBytes(format.MaxMessageBytes, "format.maxMessageBytes", faults);
        CheckBytes(format.MaxDecodedBytes, "format.maxDecodedBytes", faults);
        if (mapping.Columns.Count > format.MaxColumns)
            faults.Add("mapping.columns", $"{mapping.Columns.Count} columns", $"at most {format.MaxColumns} are expected; raise format.maxColumns if that is meant");

        (FormatKind kind, object options) = FormatKinds.Of(format);
        if (mapping.Rest is not null && !kind.HasObjects) faults.Add("mapping.rest", mapping.Rest, $"the messages of {kind.Name} are no objects, so there is nothing to gather; remove it");
        if (mapping.Unknown is not (null or UnknownPolicy.Ignore) && !kind.HasObjects && mapping.Rest is null)
            faults.Add("mapping.unknown", null, $"must be ignore: fields of {kind.Name} that nobody maps are left out");
        kind.Validate(options, $"format.{kind.Name}", faults);
        for (int i = 0; i < mapping.Columns.Count; i++)
        {
            if (mapping.Columns[i].Name != mapping.Rest) CheckPath(kind, options, mapping.Columns[i], $"mapping.columns[{i}].path", faults);
        }
    }

    private static void CheckBytes(ByteSize size, string path, FaultList faults)
    {
        if (size.Bytes is < LeastBytes or > int.MaxValue) faults.Add(path, size.ToString(), "must be from 1KiB to 2GiB, one byte less");
    }

    private static void CheckPath(FormatKind kind, object options, ColumnMapping column, string place, FaultList faults)
    {
        string text = column.Path ?? column.Name;
        // What is no path at all is told with the mapping.
        if (!MappingPath.TryParse(text, out MappingPath? path, out _)) return;
        if (path.IsOfChange && !kind.HasChanges) faults.Add(place, text, "only change events have this: choose the format debezium");
        else if (kind.CheckPath(options, path) is { } rule) faults.Add(place, text, rule);
    }
}
