using ClickSink.Engine.DeadLetters;
using ClickSink.Engine.Delivery.Unknown;
using ClickSink.Engine.Formats;
using ClickSink.Engine.Mapping;
using ClickSink.Engine.Pipelines;
using ClickSink.Engine.Transforms;
using Microsoft.Extensions.Logging;

namespace ClickSink.Engine.Delivery;

/// <summary>Steps 2 to 4 of a record's path: decodes and transforms messages into the open block of their partition, rejects what cannot be decoded, and seals blocks.</summary>
internal sealed partial class BlockBuilder : IDisposable
{
    private readonly PipelinePlan _plan;
    private readonly RowDecoder _decoder;
    private readonly UnknownFieldGuard? _guard;
    private readonly BlockPool _pool;
    private readonly WorkerProgress _progress;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private long _lastRejectionLoggedAt;
    private NewColumnFinder? _finder;

    public BlockBuilder(PipelinePlan plan, BlockPool pool, WorkerProgress progress, TimeProvider time, ILogger logger)
    {
        _plan = plan;
        _guard = UnknownFieldGuard.For(plan.Mapping);
        _decoder = plan.CreateDecoder(time, _guard);
        _pool = pool;
        _progress = progress;
        _time = time;
        _logger = logger;
    }

    /// <summary>Judges how many rejections are too many; null where none are, and while ranges are read again.</summary>
    public ErrorBudget? Budget { get; set; }

    /// <summary>Ends the wait for what the decoder needs, such as a schema registry that is away.</summary>
    public CancellationToken Stop { get; set; }

    /// <summary>Called again and again while it waits: what is decoded already need not wait with it.</summary>
    public Action WhileWaiting { get; set; } = () => { };

    /// <summary>Whether rejections are not logged: they were when the messages were read first.</summary>
    public bool IsQuiet { get; init; }

    /// <summary>Takes a message into the open block of its partition.</summary>
    /// <returns>Null when it is in, or is dealt with by the policy; otherwise why the pipeline has to stop: in front of it, or after it when the budget is used up.</returns>
    /// <exception cref="OperationCanceledException">It was told to stop while it waited for what the decoder needs; the message is not in.</exception>
    public string? TryAdd(OpenBlock open, in Message message, long now)
    {
        open.Rows ??= _pool.Rent();
        Budget?.Count();
        string? stop = null;
        var decoded = _decoder.TryDecode(in message, open.Rows, out var fault);
        if (fault is { IsTransient: true }) decoded = DecodeWhenPossible(open, in message, ref fault);
        if (!decoded && _guard is { IsAdding: true, HasRefused: true }) return Outgrow(in message);
        if (!decoded && !TryReject(open, in message, fault!, out stop)) return stop;
        open.Advance(message.Offset, message.Value.Length, now);
        return stop;
    }

    /// <summary>Seals what is open; the partition goes on after it.</summary>
    /// <param name="open">What is open.</param>
    /// <param name="recovered">The intent that it was persisted under already; null for a new range.</param>
    /// <param name="named">The token of rows that are no range; null for that of the range.</param>
    public SealedBlock Seal(OpenBlock open, Intent? recovered = null, string? named = null)
    {
        Budget?.Roll();
        var intent = recovered ?? new Intent(new BlockRange(open.Partition, open.From, open.NextOffset - 1), _plan.Generation, _plan.Version);
        var token = named ?? SealedBlock.MakeToken(_plan.Options.Id, _plan.Topic, intent);
        var rows = open.Rows ?? _pool.Rent();
        var parts = PartSplitter.Split(rows, _plan.Transforms.Routing, _pool, token, out var giveBack);
        if (intent.Stored is not null) parts = [.. parts.Where(part => !StoredRoutes.Has(intent.Stored, part.Route))];
        var block = new SealedBlock(intent, token, parts, open.DeadLetters, open.Rejected, recovered is not null, giveBack);
        open.Reset();
        return block;
    }

    /// <summary>Drops what is open, at a stop that does not wait.</summary>
    public void Drop(OpenBlock open)
    {
        if (open.Rows is not null) _pool.Return(open.Rows);
        open.Reset();
    }

    public void Dispose()
    {
        _decoder.Dispose();
        _finder?.Dispose();
    }

    /// <summary>Whether a message has fields that nobody maps and that are to become columns. Nothing more can be added then.</summary>
    public bool HasOutgrown => _finder is not null;

    /// <summary>From now on fields that nobody maps count. Not before: ranges that are written again are decoded as they were the first time.</summary>
    public void WatchFields()
    {
        if (_guard is not null) _guard.IsActive = true;
    }

    /// <summary>Looks at what was fetched behind the message that was the first one with such fields.</summary>
    public void LookAhead(in Message message) => _finder!.Look(in message);

    /// <summary>The columns that the fields need.</summary>
    /// <param name="fault">Why the pipeline cannot get them all; null when it can.</param>
    public IReadOnlyList<ColumnMapping> FindNewColumns(out string? fault) => _finder!.Propose(out fault);

    private string Outgrow(in Message message)
    {
        _guard!.IsActive = false;
        _finder = new NewColumnFinder(_plan, _time);
        _finder.Look(in message);
        return $"{_plan.Topic}[{message.Partition}] offset {message.Offset} has fields that nobody maps";
    }

    // Cold: a schema is asked for once. Nothing behind the message can be read before it, so the thread waits here, and the fetch with it.
    private bool DecodeWhenPossible(OpenBlock open, in Message message, ref RowFault? fault)
    {
        var backoff = new Backoff(_plan.Options.Delivery.RetryInitial, _plan.Options.Delivery.RetryMax);
        while (fault is { IsTransient: true })
        {
            _progress.ReportReading(fault.Reason);
            if (backoff.Attempts == 0) LogWaiting(_plan.Options.Id, fault.Reason);
            if (Stop.WaitHandle.WaitOne(backoff.Next())) Stop.ThrowIfCancellationRequested();
            WhileWaiting();
            open.Rows ??= _pool.Rent();
            _decoder.TryDecode(in message, open.Rows, out fault);
        }

        _progress.ReportReading(null);
        return fault is null;
    }

    /// <summary>Takes a message in as rejected, without looking at it: the sink has refused its rows.</summary>
    public void Refuse(OpenBlock open, in Message message, Intent rejected, long now)
    {
        open.Rows ??= _pool.Rent();
        TryReject(open, in message, new RowFault(rejected.Refusal!, null, null, null), out _);
        if (rejected.Stored is { } stored && open.DeadLetters.Count > 0) open.DeadLetters[^1] = open.DeadLetters[^1] with { StoredRoutes = stored };
        open.Advance(message.Offset, message.Value.Length, now);
    }

    /// <summary>Makes what is kept of a rejected message.</summary>
    private DeadLetter MakeLetter(in Message message, RowFault fault)
    {
        var kept = (int)Math.Min(message.Value.Length, _plan.Options.Errors.DeadLetters.MaxPayload.Bytes);
        return new DeadLetter(
            message.Partition, message.Offset, message.TimestampMilliseconds, fault.Reason, fault.Column ?? "", fault.Path ?? "", fault.Value ?? "",
            message.Key.ToArray(), message.Value[..kept].ToArray()) { PayloadBytes = message.Value.Length, Headers = LetterHeaders.Write(message.Headers) };
    }

    // Cold: one call a rejected record.
    private bool TryReject(OpenBlock open, in Message message, RowFault fault, out string? stop)
    {
        var where = $"{_plan.Topic}[{message.Partition}] offset {message.Offset}: {fault}";
        if (_plan.Options.Errors.Policy is ErrorPolicy.Stop)
        {
            stop = $"{where}. Correct the mapping, or set errors.policy to skip or deadLetter, then start the pipeline again";
            return false;
        }

        stop = Budget?.Reject(fault, where);
        open.Rejected++;
        _progress.Rejected(1, where);
        if (!IsQuiet && (_lastRejectionLoggedAt == 0 || _time.GetElapsedTime(_lastRejectionLoggedAt) > TimeSpan.FromSeconds(1)))
        {
            // One line a second: a topic full of broken records must not fill the log as well. The counter has them all.
            _lastRejectionLoggedAt = _time.GetTimestamp();
            LogRejected(_plan.Options.Id, where, _plan.Options.Errors.Policy);
        }

        if (_plan.Options.Errors.Policy is ErrorPolicy.DeadLetter)
        {
            open.Reject(MakeLetter(in message, fault));
        }

        return true;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Pipeline {Pipeline} waits: {Reason}. Nothing is lost; it is tried again")]
    private partial void LogWaiting(string pipeline, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Pipeline {Pipeline} rejected {Where} (policy {Policy})")]
    private partial void LogRejected(string pipeline, string where, ErrorPolicy policy);
}
