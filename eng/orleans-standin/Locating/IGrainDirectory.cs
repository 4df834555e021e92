using Orleans.Runtime;

namespace Orleans.Standin.Locating;

/// <summary>Which silo runs a grain, and in which activation.</summary>
internal sealed record DirectoryEntry(GrainId Grain, SiloAddress Silo, Guid Activation);

/// <summary>Holds each grain to one entry: the first to register it wins.</summary>
internal interface IGrainDirectory
{
    Task<DirectoryEntry?> FindAsync(GrainId grain);

    /// <summary>Registers an activation if the grain has no entry, or still has the one to replace. Answers the entry that then stands.</summary>
    Task<DirectoryEntry> RegisterAsync(DirectoryEntry entry, DirectoryEntry? toReplace);

    /// <summary>Removes an entry if it still stands.</summary>
    Task UnregisterAsync(DirectoryEntry entry);
}
