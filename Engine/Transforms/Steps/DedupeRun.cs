using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ClickSink.Engine.Transforms.Expressions;
using ClickSink.Engine.Transforms.Expressions.Nodes;

namespace ClickSink.Engine.Transforms.Steps;

/// <summary>
/// <c>dedupe</c> of one worker. What it remembers is gone with the worker (docs/decisions/0012): it then keeps a repeat, and never drops a row whose first
/// occurrence was not taken in.
/// </summary>
internal sealed class DedupeRun(DedupeStep step, DedupeWindow window, TimeProvider clock) : IStepRun
{
    private byte[] _key = new byte[256];
    private int _length;

    public StepOutcome Apply(TransformedRow row)
    {
        _length = 0;
        Write(BitConverter.GetBytes(row.Partition));
        foreach (var key in step.Keys)
        {
            if (!TryWrite(key.Root, row.Scope)) return row.Reject(key, step.Place, null);
        }

        if (!TryReadTime(row, out var time)) return row.Reject(step.Time!, $"{step.Place}.time", null);
        // The key's bytes could be kept instead, but are of any length; nobody finds two of the same SHA-256.
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_key.AsSpan(0, _length), hash);
        return window.IsRepeat(BinaryPrimitives.ReadUInt128LittleEndian(hash), row.Offset, time) ? StepOutcome.Drop : StepOutcome.Keep;
    }

    public void Complete(bool accepted) => window.Complete(accepted);

    private bool TryReadTime(TransformedRow row, out long milliseconds)
    {
        milliseconds = row.TimestampMilliseconds;
        if (step.Time is { } time)
        {
            var outcome = ((Node<Instant>)time.Root).Evaluate(row.Scope, out var instant);
            milliseconds = outcome is Outcome.Value ? (long)(instant.Nanoseconds / 1_000_000) : row.TimestampMilliseconds;
            if (outcome is Outcome.Error) return false;
        }

        if (milliseconds < 0) milliseconds = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return true;
    }

    // Every part with its length or as a fixed number of bytes, so that ("a", "bc") and ("ab", "c") are two keys.
    private bool TryWrite(Node node, RowScope row)
    {
        var at = _length;
        Write([1]);
        var outcome = node switch
        {
            Node<ReadOnlyMemory<byte>> n => WriteText(n.Evaluate(row, out var v), v.Span),
            Node<Blob> n => WriteText(n.Evaluate(row, out var v), v.Bytes.Span),
            Node<bool> n => WriteValue(n.Evaluate(row, out var v), v),
            Node<long> n => WriteValue(n.Evaluate(row, out var v), v),
            Node<ulong> n => WriteValue(n.Evaluate(row, out var v), v),
            Node<double> n => WriteValue(n.Evaluate(row, out var v), v),
            // 1.0 and 1.00 are one key, and two decimals.
            Node<decimal> n => WriteValue(n.Evaluate(row, out var v), v / 1.0000000000000000000000000000m),
            Node<Instant> n => WriteValue(n.Evaluate(row, out var v), v.Nanoseconds),
            Node<Elapsed> n => WriteValue(n.Evaluate(row, out var v), v.Nanoseconds),
            _ => throw new InvalidOperationException($"No key is made of {node.Type}."),
        };
        if (outcome is Outcome.Null) _key[at] = 0;
        return outcome is not Outcome.Error;
    }

    private Outcome WriteText(Outcome outcome, ReadOnlySpan<byte> text)
    {
        if (outcome is not Outcome.Value) return outcome;
        WriteValue(outcome, text.Length);
        Write(text);
        return outcome;
    }

    private Outcome WriteValue<T>(Outcome outcome, T value) where T : unmanaged
    {
        if (outcome is Outcome.Value) Write(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(ref value)));
        return outcome;
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        if (_key.Length - _length < bytes.Length) Array.Resize(ref _key, Math.Max(2 * _key.Length, _length + bytes.Length));
        bytes.CopyTo(_key.AsSpan(_length));
        _length += bytes.Length;
    }
}
