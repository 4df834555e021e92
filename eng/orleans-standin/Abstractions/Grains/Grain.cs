using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Standin.Runtime;

namespace Orleans;

/// <summary>The base of a grain class.</summary>
public abstract class Grain : IGrainBase, IAddressable
{
    /// <summary>Made by the runtime only: the activation is known from the first line of the constructor on.</summary>
    /// <exception cref="InvalidOperationException">Somebody else made it.</exception>
    protected Grain() => GrainContext = ActivationScope.Current
        ?? throw new InvalidOperationException($"{GetType()} is a grain: get it from IGrainFactory.GetGrain, the runtime makes the object.");

    /// <inheritdoc/>
    public IGrainContext GrainContext { get; }

    /// <summary>The grain's id as text.</summary>
    public string IdentityString => GrainContext.GrainId.ToString();

    /// <summary>The silo's address as text.</summary>
    public string RuntimeIdentity => ServiceProvider.GetRequiredService<ILocalSiloDetails>().SiloAddress.ToString();

    /// <summary>Makes references to other grains.</summary>
    protected IGrainFactory GrainFactory => ServiceProvider.GetRequiredService<IGrainFactory>();

    /// <summary>The activation's services.</summary>
    protected internal IServiceProvider ServiceProvider => GrainContext.ActivationServices;

    /// <inheritdoc/>
    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ends this activation when its running calls are done. The next call makes a new one.</summary>
    protected void DeactivateOnIdle() => GrainBaseExtensions.DeactivateOnIdle(this);

    /// <summary>Moves this activation to where its placement wants it now, when its running calls are done.</summary>
    protected void MigrateOnIdle() => GrainBaseExtensions.MigrateOnIdle(this);

    /// <summary>Keeps an idle activation for at least this long.</summary>
    /// <param name="timeSpan">From now on; a negative time takes an earlier wish back.</param>
    protected void DelayDeactivation(TimeSpan timeSpan) => ((Activation)GrainContext).DelayDeactivation(timeSpan);
}
