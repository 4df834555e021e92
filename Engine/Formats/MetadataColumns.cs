using System.Text;
using ClickSink.Engine.Columns;
using ClickSink.Engine.Mapping;

namespace ClickSink.Engine.Formats;

/// <summary>The columns of a mapping that are filled from around the message's value. The same for every format.</summary>
internal sealed class MetadataColumns
{
    private readonly Entry[] _entries;

    public MetadataColumns(MappingPlan plan) => _entries =
    [
        .. plan.Columns.Select((column, position) => (column, position)).Where(item => item.column.Path.Metadata is not null)
            .Select(item => new Entry(item.position, item.column.Path.Metadata!.Value, Encoding.UTF8.GetBytes(item.column.Path.Header ?? ""))),
    ];

    /// <summary>Gives each of them its value for one row. What the message does not have stays without a value.</summary>
    /// <param name="message">The message.</param>
    /// <param name="change">What the event says, if it is one.</param>
    /// <param name="columns">All columns of the block.</param>
    /// <param name="column">The column that refused its value.</param>
    public AppendOutcome TryAppend(in Message message, in ChangeFields change, Column[] columns, out int column)
    {
        foreach (Entry entry in _entries)
        {
            AppendOutcome outcome = Append(entry, message, change, columns[entry.Column]);
            if (outcome == AppendOutcome.Accepted) continue;
            column = entry.Column;
            return outcome;
        }

        column = -1;
        return AppendOutcome.Accepted;
    }

    private static AppendOutcome Append(in Entry entry, in Message message, in ChangeFields change, Column target)
    {
        switch (entry.Field)
        {
            case MetadataField.Topic:
                return target.AppendText(message.Topic);
            case MetadataField.Partition:
                return target.AppendInteger(message.Partition);
            case MetadataField.Offset:
                return target.AppendInteger(message.Offset);
            case MetadataField.Timestamp when message.TimestampMilliseconds >= 0:
                return target.AppendInteger(message.TimestampMilliseconds);
            case MetadataField.Key when message.HasKey:
                return target.AppendText(message.Key);
            case MetadataField.Value:
                return target.AppendText(message.Value);
            case MetadataField.Header when message.Headers.TryGetLast(entry.Header, out ReadOnlySpan<byte> value):
                return target.AppendText(value);
            case MetadataField.Operation when !change.Operation.IsEmpty:
                return target.AppendText(change.Operation);
            case MetadataField.ChangeTimestamp when change.TimestampMilliseconds is long milliseconds:
                return target.AppendInteger(milliseconds);
            case MetadataField.Deleted when !change.Operation.IsEmpty:
                return target.AppendInteger(change.IsDeleted ? 1 : 0);
            case MetadataField.Version when change.Version is long version:
                return target.AppendInteger(version);
            default:
                return AppendOutcome.Accepted;
        }
    }

    private readonly record struct Entry(int Column, MetadataField Field, byte[] Header);
}
