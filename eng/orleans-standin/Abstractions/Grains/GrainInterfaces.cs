namespace Orleans.Runtime
{
    /// <summary>What a call can be addressed to.</summary>
    public interface IAddressable;
}

namespace Orleans
{
    /// <summary>The base of every grain interface.</summary>
    public interface IGrain : Runtime.IAddressable;

    /// <summary>A grain whose key is text.</summary>
    public interface IGrainWithStringKey : IGrain;

    /// <summary>A grain whose key is a number.</summary>
    public interface IGrainWithIntegerKey : IGrain;
}
