using System.Globalization;
using ClickSink.Engine.Columns;
using ClickSink.Engine.Transforms.Expressions;
using ClickSink.Engine.Transforms.Expressions.Functions;
using ClickSink.Engine.Transforms.Expressions.Nodes;

namespace ClickSink.Engine.Transforms.Steps;

/// <summary>Appends what an expression comes to to a column, by the coercions that decoded values have (docs/coercions.md).</summary>
internal abstract class ValueWriter
{
    /// <summary>The kinds of columns that take values of a kind of expression at all; what fits is decided value by value.</summary>
    private static readonly TypeKind[] Numbers =
    [
        TypeKind.Int8, TypeKind.Int16, TypeKind.Int32, TypeKind.Int64, TypeKind.UInt8, TypeKind.UInt16, TypeKind.UInt32, TypeKind.UInt64, TypeKind.Float32,
        TypeKind.Float64, TypeKind.Decimal, TypeKind.Bool, TypeKind.Int128, TypeKind.Int256, TypeKind.UInt128, TypeKind.UInt256, TypeKind.BFloat16,
        TypeKind.Enum8, TypeKind.Enum16,
    ];

    /// <summary>Whether a column of a type can take values of a kind at all.</summary>
    public static bool CanWrite(ExprKind kind, ColumnType type)
    {
        while (type.Kind is TypeKind.Nullable or TypeKind.LowCardinality) type = type.Element!;
        return kind switch
        {
            ExprKind.List or ExprKind.Map => false,
            // Text has a coercion into every type.
            ExprKind.String or ExprKind.Null => true,
            _ when type.Kind is TypeKind.String or TypeKind.FixedString => true,
            ExprKind.Bool => Numbers.Contains(type.Kind),
            ExprKind.Timestamp => type.Kind is TypeKind.Date or TypeKind.Date32 or TypeKind.DateTime or TypeKind.DateTime64,
            ExprKind.Int or ExprKind.UInt or ExprKind.Double or ExprKind.Decimal =>
                Numbers.Contains(type.Kind) || type.Kind is TypeKind.Date or TypeKind.Date32 or TypeKind.DateTime or TypeKind.DateTime64,
            _ => false,
        };
    }

    /// <summary>Makes the writer of an expression's values.</summary>
    public static ValueWriter Create(Node node) => node switch
    {
        Node<bool> n => new Writer<bool>(n, (_, column, value) => column.AppendBool(value)),
        Node<long> n => new Writer<long>(n, (_, column, value) => column.AppendInteger(value)),
        Node<ulong> n => new Writer<ulong>(n, WriteUInt),
        Node<double> n => new Writer<double>(n, WriteDouble),
        Node<decimal> n => new Writer<decimal>(n, WriteDecimal),
        Node<ReadOnlyMemory<byte>> n => new Writer<ReadOnlyMemory<byte>>(n, (_, column, value) => column.AppendText(value.Span)),
        Node<Blob> n => new Writer<Blob>(n, (_, column, value) => column.AppendText(value.Bytes.Span)),
        Node<Instant> n => new Writer<Instant>(n, (row, column, value) => column.AppendText(TimestampWriter.Write(row, value).Span)),
        Node<Elapsed> n => new Writer<Elapsed>(n, (row, column, value) => column.AppendText(DurationText.Write(row, value).Span)),
        _ => throw new ArgumentOutOfRangeException(nameof(node), node.Type.ToString(), "No column takes values of this type."),
    };

    /// <summary>Evaluates the expression and appends its value, if it has one.</summary>
    /// <param name="row">The row.</param>
    /// <param name="column">The column.</param>
    /// <param name="written">What became of the value in the column.</param>
    public abstract Outcome Write(RowScope row, Column column, out AppendOutcome written);

    private static AppendOutcome WriteUInt(RowScope row, Column column, ulong value)
    {
        if (value <= long.MaxValue) return column.AppendInteger((long)value);
        Span<byte> text = stackalloc byte[20];
        value.TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
        return column.AppendText(text[..length]);
    }

    private static AppendOutcome WriteDouble(RowScope row, Column column, double value)
    {
        Span<byte> text = stackalloc byte[32];
        if (double.IsNaN(value)) return column.AppendText("nan"u8);
        if (double.IsInfinity(value)) return column.AppendText(value > 0 ? "inf"u8 : "-inf"u8);
        value.TryFormat(text, out var length, "R", CultureInfo.InvariantCulture);
        return column.AppendText(text[..length]);
    }

    private static AppendOutcome WriteDecimal(RowScope row, Column column, decimal value)
    {
        Span<byte> text = stackalloc byte[32];
        value.TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
        return column.AppendText(text[..length]);
    }

    private sealed class Writer<T>(Node<T> node, Func<RowScope, Column, T, AppendOutcome> write) : ValueWriter
    {
        public override Outcome Write(RowScope row, Column column, out AppendOutcome written)
        {
            written = AppendOutcome.Accepted;
            var outcome = node.Evaluate(row, out var value);
            if (outcome is Outcome.Value) written = write(row, column, value);
            return outcome;
        }
    }
}
