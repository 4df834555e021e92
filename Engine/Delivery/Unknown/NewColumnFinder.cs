using System.Text.Json;
using ClickSink.Engine.Formats;
using ClickSink.Engine.Mapping;
using ClickSink.Engine.Mapping.Inference;
using ClickSink.Engine.Transforms;

namespace ClickSink.Engine.Delivery.Unknown;

/// <summary>
/// Finds out which columns the fields need that nobody maps, from the message that has them and from those that were fetched behind it: two
/// fields that appear at the same time are one edit,
/// and a number that is whole in the first message may not be so in the next. Cold: it lives from the first such message to the end of the
/// worker.
/// </summary>
internal sealed class NewColumnFinder : IUnknownFields, IDisposable
{
    // Enough to see what kind of values a field has, and quickly done.
    private const int MaxMessages = 1000;

    private readonly MappingPlan _mapping;
    private readonly RowDecoder _decoder;
    private readonly StagedRows _rows;
    private readonly Dictionary<string, FieldNode> _fields = new(StringComparer.Ordinal);
    private int _messages;

    public NewColumnFinder(PipelinePlan plan, TimeProvider time)
    {
        _mapping = plan.Mapping;
        _decoder = plan.CreateDecoder(time, this);
        _rows = plan.Layout.CreateRows();
    }

    /// <summary>Looks at a message; nothing of it is kept but what its unmapped fields tell.</summary>
    public void Look(in Message message)
    {
        if (_messages++ >= MaxMessages) return;
        // Whether it is rejected for something else does not matter here.
        _decoder.TryDecode(in message, _rows, out _);
        _rows.Clear();
    }

    /// <inheritdoc />
    public bool Accept(string path, ReadOnlySpan<byte> value)
    {
        var reader = new Utf8JsonReader(value);
        using var json = JsonDocument.ParseValue(ref reader);
        if (!_fields.TryGetValue(path, out var field)) _fields[path] = field = new FieldNode(path);
        field.Add(json.RootElement);
        return true;
    }

    /// <summary>The columns, in the order in which their fields were first seen, as many as there is room for.</summary>
    /// <param name="fault">Why the pipeline cannot get them all; null when it can.</param>
    public IReadOnlyList<ColumnMapping> Propose(out string? fault)
    {
        var room = Math.Max(0, _mapping.MaxAdded - _mapping.Columns.Count(column => column.Added));
        fault = _fields.Count <= room || _mapping.RestColumn is not null
            ? null
            : $"fields that nobody maps need {_fields.Count} columns ({string.Join(", ", _fields.Keys.Take(10))}), and mapping.maxAdded leaves room for {room}. "
                + "Raise it, map them, or name a column for them with mapping.rest; then start the pipeline again";
        return NewColumns.For(_fields, _mapping.Columns.Select(column => column.Name)).Take(room).ToList();
    }

    public void Dispose()
    {
        _decoder.Dispose();
        _rows.Dispose();
    }
}
