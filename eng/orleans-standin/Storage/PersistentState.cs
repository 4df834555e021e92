using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Orleans.Runtime;

namespace Orleans.Standin.Storage;

/// <summary>One state of one activation. Stored as JSON under the names of its properties; it can read what the official provider wrote.</summary>
internal sealed class PersistentState<TState> : IPersistentState<TState>
{
    // As the official provider does, a member with its type's default value is left out: what a property is initialized with must be
    // that value, or it comes back in its place.
    private static readonly JsonSerializerOptions Json = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        IncludeFields = true,
        PropertyNameCaseInsensitive = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private readonly string _name;
    private readonly GrainId _grain;
    private readonly IStateStore _store;

    public PersistentState(string name, GrainId grain, IStateStore store) => (_name, _grain, _store) = (name, grain, store);

    public TState State { get; set; } = Empty();

    public string? Etag { get; private set; }

    public bool RecordExists { get; private set; }

    public async Task ReadStateAsync()
    {
        var stored = await _store.ReadAsync(_name, _grain);
        State = stored.Payload is null ? Empty() : Parse(stored.Payload);
        (Etag, RecordExists) = (stored.Etag, stored.Payload is not null);
    }

    public async Task WriteStateAsync()
    {
        Etag = await _store.WriteAsync(_name, _grain, JsonSerializer.SerializeToUtf8Bytes(State, Json), Etag);
        RecordExists = true;
    }

    public async Task ClearStateAsync()
    {
        if (Etag is null)
            await ReadStateAsync();
        if (Etag is not null)
            Etag = await _store.ClearAsync(_name, _grain, Etag);
        (State, RecordExists) = (Empty(), false);
    }

    // A write that is no longer waited for may still be done: the token only ends the wait.
    public Task ReadStateAsync(CancellationToken cancellationToken) => ReadStateAsync().WaitAsync(cancellationToken);

    public Task WriteStateAsync(CancellationToken cancellationToken) => WriteStateAsync().WaitAsync(cancellationToken);

    public Task ClearStateAsync(CancellationToken cancellationToken) => ClearStateAsync().WaitAsync(cancellationToken);

    private TState Parse(byte[] payload)
    {
        try
        {
            return (OfficialJson.Is(payload)
                ? OfficialJson.Simplify(payload).Deserialize<TState>(Json)
                : JsonSerializer.Deserialize<TState>(payload, Json))!;
        }
        catch (JsonException exception)
        {
            throw new OrleansException(
                $"The stored state \"{_name}\" of {_grain} is no {typeof(TState)}: {exception.Message} Was a property renamed or retyped?", exception);
        }
    }

    private static TState Empty() => typeof(TState).IsValueType || typeof(TState).GetConstructor(Type.EmptyTypes) is not null
        ? Activator.CreateInstance<TState>()
        : (TState)RuntimeHelpers.GetUninitializedObject(typeof(TState));
}
