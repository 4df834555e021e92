using System.Runtime.ExceptionServices;
using Orleans.Standin.Serialization;

namespace Orleans.Standin.Calls;

/// <summary>
/// What became of a call. A silo that only hands a call on hands these on as well, without reading the bytes.
/// </summary>
internal sealed class CallResponse
{
    private readonly object? _value;
    private readonly Exception? _error;
    private byte[]? _encoded;

    private CallResponse(CallOutcome outcome, object? value, Exception? error, byte[]? encoded)
    {
        Outcome = outcome;
        (_value, _error, _encoded) = (value, error, encoded);
    }

    /// <summary>The grain is not (or no longer) where the call was sent: ask the directory and try again.</summary>
    public static CallResponse Moved { get; } = new(CallOutcome.Moved, null, null, []);

    public CallOutcome Outcome { get; }

    public static CallResponse OfResult(object? value, GrainMethod method, WireSerializer serializer)
    {
        if (method.ResultType is null || value is null || method.SharesResult || ContractResolver.IsImmutable(value.GetType()))
            return new CallResponse(CallOutcome.Completed, value, null, null);

        return new CallResponse(CallOutcome.Completed, null, null, serializer.Serialize(value, method.ResultType));
    }

    public static CallResponse OfError(Exception error) => new(CallOutcome.Failed, null, error, null);

    public static CallResponse Received(CallOutcome outcome, byte[] body) => new(outcome, null, null, body);

    /// <summary>The body of the answer to another process.</summary>
    public byte[] Encode(CallRequest request, WireSerializer serializer) => _encoded ??= Outcome == CallOutcome.Failed
        ? serializer.SerializeError(_error!)
        : GrainInterfaceTable.Find(request.InterfaceName, request.MethodName).ResultType is { } type ? serializer.Serialize(_value, type) : [];

    /// <summary>The result for the caller.</summary>
    /// <exception cref="Exception">What the grain threw.</exception>
    public object? Result(GrainMethod method, WireSerializer serializer)
    {
        if (Outcome == CallOutcome.Failed)
            ExceptionDispatchInfo.Throw(_error ?? serializer.DeserializeError(_encoded));

        return _encoded is null || method.ResultType is null ? _value : serializer.Deserialize(_encoded, method.ResultType);
    }
}

/// <summary>How a call ended.</summary>
internal enum CallOutcome
{
    /// <summary>With a result.</summary>
    Completed,

    /// <summary>The grain, or the way to it, threw.</summary>
    Failed,

    /// <summary>Not executed: the grain is not there.</summary>
    Moved,
}
