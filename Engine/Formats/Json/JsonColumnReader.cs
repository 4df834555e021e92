using ClickSink.Engine.Columns;

namespace ClickSink.Engine.Formats.Json;

/// <summary>Reads single JSON texts into one column that is made of others: arrays that stand in a text, or inside of a Variant.</summary>
internal sealed class JsonColumnReader(Column column)
{
    private readonly JsonReader _reader = new([]);
    private readonly JsonShape? _shape = JsonShape.For(column.Type, rejectsMissing: false);

    /// <summary>Appends the value of a JSON text; the column is unchanged if it does not fit.</summary>
    /// <param name="json">The text, valid UTF-8.</param>
    /// <param name="otherwise">The outcome if the text is not JSON.</param>
    public AppendOutcome Append(ReadOnlySpan<byte> json, AppendOutcome otherwise)
    {
        int rows = column.Count;
        if (_reader.TryReadValue(json, column, _shape)) return AppendOutcome.Accepted;
        column.Truncate(rows);
        return _reader.Problem == JsonProblem.ValueRefused ? _reader.Outcome : otherwise;
    }
}
