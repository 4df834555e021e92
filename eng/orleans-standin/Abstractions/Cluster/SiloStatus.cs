namespace Orleans.Runtime;

/// <summary>What the membership table says about a silo.</summary>
public enum SiloStatus
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It has a row and does nothing yet.</summary>
    Created = 1,

    /// <summary>It starts.</summary>
    Joining = 2,

    /// <summary>It runs grains.</summary>
    Active = 3,

    /// <summary>It stops in order: it deactivates its grains.</summary>
    ShuttingDown = 4,

    /// <summary>It stops at once.</summary>
    Stopping = 5,

    /// <summary>It stopped, or the others declared it dead. It never comes back from that.</summary>
    Dead = 6,
}
