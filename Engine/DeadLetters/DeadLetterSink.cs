using ClickSink.Engine.Delivery;
using ClickSink.Engine.Sinks;

namespace ClickSink.Engine.DeadLetters;

/// <summary>
/// A sink with places for rejected records in front of it: they are stored before the rows, and both before the checkpoint, so that an
/// offset never moves past a rejected record that is not kept.
/// </summary>
internal sealed class DeadLetterSink : ISink
{
    private readonly ISink _rows;
    private readonly IReadOnlyList<IDeadLetterWriter> _writers;
    private string? _token;
    private int _written;

    public DeadLetterSink(ISink rows, IReadOnlyList<IDeadLetterWriter> writers)
    {
        _rows = rows;
        _writers = writers;
    }

    public string Name => _rows.Name;

    public Guarantee Guarantee => _rows.Guarantee;

    public string? Advice => _rows.Advice;

    public async ValueTask<SinkOutcome> OpenAsync(CancellationToken cancellation)
    {
        foreach (var writer in _writers)
        {
            if (await writer.OpenAsync(cancellation) is { Kind: not SinkOutcomeKind.Done } refused) return refused;
        }

        return await _rows.OpenAsync(cancellation);
    }

    public async ValueTask<SinkOutcome> WriteAsync(SealedBlock block, CancellationToken cancellation)
    {
        if (block.DeadLetters.Count > 0)
        {
            // Another attempt to write the rows is no reason to send to a topic, which recognises no repetition, once more.
            if (_token != block.Token) (_token, _written) = (block.Token, 0);
            for (; _written < _writers.Count; _written++)
            {
                if (await _writers[_written].WriteAsync(block, cancellation) is { Kind: not SinkOutcomeKind.Done } refused) return refused;
            }
        }

        return await _rows.WriteAsync(block, cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var writer in _writers) await writer.DisposeAsync();
        await _rows.DisposeAsync();
    }
}
