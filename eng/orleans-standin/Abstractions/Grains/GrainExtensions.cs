using Orleans.Runtime;
using Orleans.Standin.Calls;

namespace Orleans;

/// <summary>What a grain, or a reference to one, says about itself.</summary>
public static class GrainExtensions
{
    /// <summary>The grain's identity.</summary>
    /// <param name="grain">A grain or a reference.</param>
    /// <exception cref="ArgumentException">It is neither.</exception>
    public static GrainId GetGrainId(this IAddressable grain) => grain switch
    {
        IGrainBase self => self.GrainContext.GrainId,
        _ => GrainProxy.Of(grain).Target,
    };

    /// <summary>The key of a grain with a text key.</summary>
    /// <param name="grain">A grain or a reference.</param>
    public static string GetPrimaryKeyString(this IAddressable grain) => grain.GetGrainId().Key.ToString();

    /// <summary>A reference to the grain by another of its interfaces.</summary>
    /// <param name="grain">A grain or a reference.</param>
    /// <typeparam name="TGrainInterface">The interface.</typeparam>
    public static TGrainInterface AsReference<TGrainInterface>(this IAddressable grain) => grain switch
    {
        Grain self => (TGrainInterface)GrainProxy.Create(typeof(TGrainInterface), self.GetGrainId(), self.ServiceProvider),
        _ => (TGrainInterface)GrainProxy.Of(grain).As(typeof(TGrainInterface)),
    };
}
