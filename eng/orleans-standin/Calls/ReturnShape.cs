using System.Reflection;

namespace Orleans.Standin.Calls;

/// <summary>How a grain method hands its result back: Task, ValueTask, with or without a value.</summary>
internal abstract class ReturnShape
{
    public virtual Type? ResultType => null;

    public static ReturnShape Of(MethodInfo method)
    {
        var type = method.ReturnType;
        if (type == typeof(void))
            return new OfNothing();
        if (type == typeof(Task))
            return new OfTask();
        if (type == typeof(ValueTask))
            return new OfValueTask();
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Task<>))
            return Make(typeof(OfTask<>), type);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>))
            return Make(typeof(OfValueTask<>), type);
        throw new NotSupportedException(
            $"{method.DeclaringType}.{method.Name} returns {type}: a grain method returns Task, Task<T>, ValueTask or ValueTask<T>.");
    }

    public abstract Task<object?> ToTask(object? returned);

    public abstract object? FromTask(Task<object?> result);

    private static ReturnShape Make(Type shape, Type type) =>
        (ReturnShape)Activator.CreateInstance(shape.MakeGenericType(type.GetGenericArguments()))!;

    private static async Task<object?> WithoutValue(Task task)
    {
        await task;
        return null;
    }

    private sealed class OfNothing : ReturnShape
    {
        public override Task<object?> ToTask(object? returned) => Task.FromResult<object?>(null);

        public override object? FromTask(Task<object?> result) => null;
    }

    private sealed class OfTask : ReturnShape
    {
        public override Task<object?> ToTask(object? returned) => WithoutValue((Task)returned!);

        public override object? FromTask(Task<object?> result) => result;
    }

    private sealed class OfValueTask : ReturnShape
    {
        public override Task<object?> ToTask(object? returned) => WithoutValue(((ValueTask)returned!).AsTask());

        public override object? FromTask(Task<object?> result) => new ValueTask(result);
    }

    private class OfTask<T> : ReturnShape
    {
        public override Type ResultType => typeof(T);

        public override async Task<object?> ToTask(object? returned) => await (Task<T>)returned!;

        public override object? FromTask(Task<object?> result) => WithValue(result);

        protected static async Task<T> WithValue(Task<object?> result) => (T)(await result)!;
    }

    private sealed class OfValueTask<T> : OfTask<T>
    {
        public override Task<object?> ToTask(object? returned) => base.ToTask(((ValueTask<T>)returned!).AsTask());

        public override object? FromTask(Task<object?> result) => new ValueTask<T>(WithValue(result));
    }
}
