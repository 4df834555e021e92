namespace Orleans.Runtime;

/// <summary>One activation of a grain.</summary>
public interface IGrainContext : IEquatable<IGrainContext>
{
    /// <summary>The grain.</summary>
    GrainId GrainId { get; }

    /// <summary>The object of the grain class; null before it is made.</summary>
    object? GrainInstance { get; }

    /// <summary>The activation's own scope of services.</summary>
    IServiceProvider ActivationServices { get; }

    /// <summary>Ends when the activation has ended.</summary>
    Task Deactivated { get; }

    /// <summary>Ends the activation when its running calls are done.</summary>
    /// <param name="deactivationReason">Why.</param>
    /// <param name="cancellationToken">Cuts OnDeactivateAsync short.</param>
    void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);

    /// <summary>Ends the activation and starts the grain again where its placement wants it now.</summary>
    /// <param name="requestContext">Not used.</param>
    /// <param name="cancellationToken">Cuts OnDeactivateAsync short.</param>
    void Migrate(Dictionary<string, object>? requestContext, CancellationToken cancellationToken = default);
}
