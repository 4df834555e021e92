namespace ClickSink.Embedded.Chdb;

/// <summary>A file in the spool that is gone when this is disposed.</summary>
internal sealed class SpoolFile : IDisposable
{
    public SpoolFile(DataFolder folder) => Path = folder.NewSpoolPath();

    public string Path { get; }

    /// <summary>How long it is; 0 when it was never made.</summary>
    public long Length => new FileInfo(Path) is { Exists: true } file ? file.Length : 0;

    /// <summary>Opens it to be written; made here.</summary>
    public FileStream Create() =>
        new(Path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);

    /// <summary>Opens it to be read.</summary>
    public FileStream OpenRead() =>
        new(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);

    public void Dispose() => File.Delete(Path);
}
