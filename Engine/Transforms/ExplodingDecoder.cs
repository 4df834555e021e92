using System.Diagnostics.CodeAnalysis;
using System.Text;
using ClickSink.Engine.Columns;
using ClickSink.Engine.Formats;
using ClickSink.Engine.Mapping;

namespace ClickSink.Engine.Transforms;

/// <summary>
/// Makes a row of each element of an array. The message is decoded first, with the array's text as one more column, then that text; so every format whose values
/// can hold JSON can be exploded, and the element has all that JSON's decoder knows.
/// </summary>
internal sealed class ExplodingDecoder : IMessageDecoder, IDisposable
{
    private const long MaxBytes = 64 << 20;

    private readonly MappingPlan _mapping;
    private readonly ExplodePlan _plan;
    private readonly IMessageDecoder _messages;
    private readonly IMessageDecoder _elements;
    private readonly ColumnBlock _messageRows;
    private readonly ColumnBlock _elementRows;
    private readonly ElementList _list = new();
    private int[] _parents = new int[64];
    private int[] _own = new int[64];

    /// <param name="mapping">The whole mapping, which blocks are made of.</param>
    /// <param name="plan">How it is split.</param>
    /// <param name="create">Makes the decoder of the pipeline's format.</param>
    public ExplodingDecoder(MappingPlan mapping, ExplodePlan plan, Func<MappingPlan, IMessageDecoder> create)
    {
        _mapping = mapping;
        _plan = plan;
        _messages = create(plan.Message);
        _elements = new JsonDecoder(plan.Element);
        _messageRows = plan.Message.CreateBlock();
        _elementRows = plan.Element.CreateBlock();
    }

    public bool TryDecode(in Message message, ColumnBlock block, [NotNullWhen(false)] out RowFault? fault)
    {
        if (!ReferenceEquals(block.Plan, _mapping)) throw new ArgumentException("The block was made by another mapping plan than the decoder's.", nameof(block));
        _messageRows.Clear();
        _elementRows.Clear();
        if (!_messages.TryDecode(in message, _messageRows, out fault)) return false;
        var rows = 0;
        var array = (StringColumn)_messageRows.ColumnArray[^1];
        for (var parent = 0; parent < _messageRows.Rows; parent++)
        {
            var before = _elementRows.Rows;
            if (!TryDecodeElements(in message, array[parent], out fault)) return false;
            for (var own = before; own < _elementRows.Rows; own++)
            {
                if (rows == _parents.Length)
                {
                    Array.Resize(ref _parents, 2 * rows);
                    Array.Resize(ref _own, 2 * rows);
                }

                _parents[rows] = parent;
                _own[rows++] = own;
            }
        }

        // What the rows of a message share is stored as often as it has elements: a small message could fill the memory.
        var bytes = _elementRows.Bytes + (_messageRows.Bytes - array.Bytes) * rows / Math.Max(1, _messageRows.Rows);
        if (bytes > MaxBytes)
        {
            fault = new RowFault($"the {rows} elements at \"{_plan.Path}\" make {bytes} bytes of rows, and {MaxBytes} is the most for a message", null, _plan.Path, null);
            return false;
        }

        Append(block, rows);
        return true;
    }

    public void Dispose()
    {
        _messageRows.Dispose();
        _elementRows.Dispose();
        (_messages as IDisposable)?.Dispose();
    }

    private bool TryDecodeElements(in Message message, ReadOnlySpan<byte> array, [NotNullWhen(false)] out RowFault? fault)
    {
        fault = null;
        // One object without the element's key: every column of the element gets what it gets for a missing value.
        ReadOnlySpan<byte> text = "{}"u8;
        if (_list.TryRead(array, out var isEmpty))
        {
            if (isEmpty && !_plan.KeepEmpty) return true;
            if (!isEmpty) text = _list.Wrapped;
        }
        else
        {
            fault = new RowFault($"path \"{_plan.Path}\" does not lead to an array, which explode needs", null, _plan.Path, Cut(array));
            return false;
        }

        var elements = new Message
        {
            Value = text,
            Key = message.Key,
            Topic = message.Topic,
            Partition = message.Partition,
            Offset = message.Offset,
            TimestampMilliseconds = message.TimestampMilliseconds,
        };
        if (_elements.TryDecode(in elements, _elementRows, out var inner)) return true;
        fault = AtElement(inner);
        return false;
    }

    private void Append(ColumnBlock block, int rows)
    {
        int shared = 0, own = 0;
        for (var column = 0; column < block.ColumnArray.Length; column++)
        {
            if (_plan.IsOfElement[column]) block.ColumnArray[column].AppendRows(_elementRows.ColumnArray[own++], _own.AsSpan(0, rows));
            else block.ColumnArray[column].AppendRows(_messageRows.ColumnArray[shared++], _parents.AsSpan(0, rows));
        }

        block.ShowRows(block.Rows + rows);
    }

    // Cold. The element's decoder tells its own paths.
    private RowFault AtElement(RowFault inner)
    {
        if (inner.Path is null) return inner with { Reason = $"in an element of \"{_plan.Path}\": {inner.Reason}" };
        var path = $"{_plan.Path}{ExplodePlan.EachElement}{inner.Path[ExplodePlan.ElementKey.Length..]}";
        return inner with { Reason = inner.Reason.Replace($"\"{inner.Path}\"", $"\"{path}\"", StringComparison.Ordinal), Path = path };
    }

    private static string Cut(ReadOnlySpan<byte> text)
    {
        var value = Encoding.UTF8.GetString(text[..Math.Min(text.Length, RowFault.MaxValueLength)]);
        return value.Length > RowFault.MaxValueLength ? value[..RowFault.MaxValueLength] : value;
    }
}
