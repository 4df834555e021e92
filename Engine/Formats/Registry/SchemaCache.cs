namespace ClickSink.Engine.Formats.Registry;

/// <summary>The schemas of a registry, compiled, by their ids. An id means the same for ever, so what is found once is never asked for again.</summary>
/// <typeparam name="T">What a schema is compiled to.</typeparam>
internal sealed class SchemaCache<T>
    where T : class
{
    private const int MaxEntries = 10_000;

    // A schema that is registered just now may reach this registry later than the first message that has its id.
    private static readonly TimeSpan UnknownFor = TimeSpan.FromSeconds(10);

    private readonly Func<int, RegistryAnswer> _ask;
    private readonly Func<RegisteredSchema, (T? Compiled, string? Error)> _compile;
    private readonly TimeProvider _time;
    private readonly Dictionary<int, Entry> _entries = [];
    private int _lastId = -1;
    private T? _last;

    /// <param name="ask">Asks the registry for a schema.</param>
    /// <param name="compile">Compiles what it answers; an error says why it cannot be used.</param>
    /// <param name="time">The clock.</param>
    public SchemaCache(Func<int, RegistryAnswer> ask, Func<RegisteredSchema, (T? Compiled, string? Error)> compile, TimeProvider time)
    {
        _ask = ask;
        _compile = compile;
        _time = time;
    }

    /// <summary>Finds a schema.</summary>
    /// <param name="id">The id that the message has.</param>
    /// <param name="schema">The schema.</param>
    /// <returns>Null, or why there is none: of the message if the registry does not know it, passing if the registry is away.</returns>
    public RowFault? Find(int id, out T? schema)
    {
        schema = _last;
        if (id == _lastId) return null;
        if (!_entries.TryGetValue(id, out Entry entry) || (entry.ForgetAt is { } at && _time.GetUtcNow() >= at))
        {
            RegistryAnswer answer = _ask(id);
            if (answer.IsTransient) return new RowFault(answer.Error!, null, null, null) { IsTransient = true };
            // Broken messages can have any id; what is forgotten here is asked for again.
            if (_entries.Count >= MaxEntries) _entries.Clear();
            entry = Compile(answer, id);
            _entries[id] = entry;
        }

        if (entry.Error is not null) return new RowFault(entry.Error, null, null, null);
        (_lastId, _last) = (id, entry.Schema);
        schema = _last;
        return null;
    }

    private Entry Compile(RegistryAnswer answer, int id)
    {
        if (answer.Schema is null) return new Entry(null, answer.Error, _time.GetUtcNow() + UnknownFor);
        (T? compiled, string? error) = _compile(answer.Schema);
        return new Entry(compiled, error is null ? null : $"schema {id}: {error}", null);
    }

    private readonly record struct Entry(T? Schema, string? Error, DateTimeOffset? ForgetAt);
}
