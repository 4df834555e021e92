using Orleans.Runtime;

namespace Orleans.Standin.Runtime;

/// <summary>Tells a grain's constructor which activation it belongs to; a constructor runs on one thread from start to end.</summary>
internal static class ActivationScope
{
    [ThreadStatic]
    private static IGrainContext? _current;

    public static IGrainContext? Current => _current;

    public static T Construct<T>(IGrainContext context, Func<T> constructor)
    {
        var outer = _current;
        _current = context;
        try
        {
            return constructor();
        }
        finally
        {
            _current = outer;
        }
    }
}
