using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orleans.Standin.Serialization;

/// <summary>
/// An exception on the wire. It becomes the same type again where the reader has it and can make it from a message; else the
/// nearest base that can, with the original type in its message. The stack of the other process stays with it.
/// </summary>
internal sealed class RemoteException
{
    private const BindingFlags AnyInstance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    [JsonPropertyName("types")]
    public required List<string> Types { get; init; }

    [JsonPropertyName("message")]
    public required string Message { get; init; }

    [JsonPropertyName("stack")]
    public string? Stack { get; init; }

    [JsonPropertyName("inner")]
    public RemoteException? Inner { get; init; }

    [JsonPropertyName("members")]
    public Dictionary<string, JsonElement>? Members { get; init; }

    public static RemoteException Of(Exception exception, JsonSerializerOptions options)
    {
        var types = new List<string>();
        for (var type = exception.GetType(); type != typeof(object); type = type.BaseType!)
            types.Add(NameOf(type));

        return new RemoteException
        {
            Types = types,
            Message = exception.Message,
            Stack = exception.StackTrace,
            Inner = exception.InnerException is null ? null : Of(exception.InnerException, options),
            Members = SerializedMember.Of(exception.GetType())
                .ToDictionary(member => member.Key, member => JsonSerializer.SerializeToElement(member.Get(exception), member.Type, options)),
        };
    }

    public Exception ToException(JsonSerializerOptions options)
    {
        var inner = Inner?.ToException(options);
        var exception = Types.Select((name, index) => Make(name, index == 0 ? Message : $"{Types[0]}: {Message}", inner))
            .First(made => made is not null)!;
        if (Members is { Count: > 0 } && NameOf(exception.GetType()) == Types[0])
        {
            foreach (var member in SerializedMember.Of(exception.GetType()))
            {
                if (Members.TryGetValue(member.Key, out var value))
                    member.Set(exception, value.Deserialize(member.Type, options));
            }
        }

        return Stack is null ? exception : ExceptionDispatchInfo.SetRemoteStackTrace(exception, Stack);
    }

    private static Exception? Make(string name, string message, Exception? inner)
    {
        var type = ApplicationTypes.Named(name) ?? AppDomain.CurrentDomain.GetAssemblies()
            .Select(assembly => assembly.GetType(name)).FirstOrDefault(found => found is not null);
        if (type is null || type.IsAbstract || !typeof(Exception).IsAssignableFrom(type))
            return null;

        try
        {
            if (type.GetConstructor(AnyInstance, [typeof(string), typeof(Exception)]) is { } both)
                return (Exception)both.Invoke([message, inner]);
            return (Exception?)type.GetConstructor(AnyInstance, [typeof(string)])?.Invoke([message]);
        }
        catch (TargetInvocationException)
        {
            // A constructor that wants more than a message: its base takes the text.
            return null;
        }
    }

    private static string NameOf(Type type) => ApplicationTypes.NameOf(type);
}
