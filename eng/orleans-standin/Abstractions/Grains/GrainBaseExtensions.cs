using Orleans.Runtime;
using Orleans.Standin.Runtime;

namespace Orleans;

/// <summary>What a grain class can ask of its activation.</summary>
public static class GrainBaseExtensions
{
    /// <summary>Ends the activation when its running calls are done.</summary>
    /// <param name="grain">The grain.</param>
    public static void DeactivateOnIdle(this IGrainBase grain) => grain.GrainContext.Deactivate(
        new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "DeactivateOnIdle was called."));

    /// <summary>Moves the activation to where its placement wants it now, when its running calls are done.</summary>
    /// <param name="grain">The grain.</param>
    public static void MigrateOnIdle(this IGrainBase grain) => grain.GrainContext.Migrate(null);

    /// <summary>Starts a timer whose callback is a turn of the grain. It ends with the activation.</summary>
    /// <param name="grain">The grain.</param>
    /// <param name="callback">Gets a token that is cancelled when the timer is disposed.</param>
    /// <param name="options">When, and whether it interleaves and keeps the activation alive.</param>
    public static IGrainTimer RegisterGrainTimer(
        this IGrainBase grain, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options) =>
        ((Activation)grain.GrainContext).StartTimer(callback, options);

    /// <summary>Starts a timer whose callback is a turn of the grain. It ends with the activation.</summary>
    /// <param name="grain">The grain.</param>
    /// <param name="callback">Gets a token that is cancelled when the timer is disposed.</param>
    /// <param name="dueTime">Until the first tick.</param>
    /// <param name="period">From the end of a tick to the next one.</param>
    public static IGrainTimer RegisterGrainTimer(
        this IGrainBase grain, Func<CancellationToken, Task> callback, TimeSpan dueTime, TimeSpan period) =>
        grain.RegisterGrainTimer(callback, new GrainTimerCreationOptions(dueTime, period));

    /// <summary>Starts a timer whose callback is a turn of the grain. It ends with the activation.</summary>
    /// <param name="grain">The grain.</param>
    /// <param name="callback">What to do.</param>
    /// <param name="options">When, and whether it interleaves and keeps the activation alive.</param>
    public static IGrainTimer RegisterGrainTimer(
        this IGrainBase grain, Func<Task> callback, GrainTimerCreationOptions options) =>
        grain.RegisterGrainTimer(_ => callback(), options);

    /// <summary>Starts a timer whose callback is a turn of the grain. It ends with the activation.</summary>
    /// <param name="grain">The grain.</param>
    /// <param name="callback">What to do.</param>
    /// <param name="dueTime">Until the first tick.</param>
    /// <param name="period">From the end of a tick to the next one.</param>
    public static IGrainTimer RegisterGrainTimer(
        this IGrainBase grain, Func<Task> callback, TimeSpan dueTime, TimeSpan period) =>
        grain.RegisterGrainTimer(_ => callback(), new GrainTimerCreationOptions(dueTime, period));

    /// <summary>Starts a timer whose callback is a turn of the grain. It ends with the activation.</summary>
    /// <param name="grain">The grain.</param>
    /// <param name="callback">Gets the state, and a token that is cancelled when the timer is disposed.</param>
    /// <param name="state">Handed to each call.</param>
    /// <param name="options">When, and whether it interleaves and keeps the activation alive.</param>
    /// <typeparam name="TState">The kind of state.</typeparam>
    public static IGrainTimer RegisterGrainTimer<TState>(
        this IGrainBase grain, Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options) =>
        grain.RegisterGrainTimer(token => callback(state, token), options);
}
