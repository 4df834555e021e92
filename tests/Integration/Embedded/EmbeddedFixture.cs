using Xunit;

namespace ClickSink.Tests.Integration.Embedded;

/// <summary>One embedded server for all tests that need nothing special of it.</summary>
public sealed class EmbeddedFixture : IAsyncLifetime
{
    private readonly string _dataPath = EmbeddedProcess.NewDataPath();
    private int _names;

    public EmbeddedProcess Server { get; private set; } = null!;

    public string SpoolFolder => Path.Combine(_dataPath, "clicksink-spool");

    /// <summary>A name that no other test uses.</summary>
    public string NewName(string prefix = "t") => $"{prefix}_{Interlocked.Increment(ref _names)}";

    public async ValueTask InitializeAsync() => Server = await EmbeddedProcess.StartAsync(_dataPath);

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Directory.Delete(_dataPath, recursive: true);
    }
}

[CollectionDefinition(Name)]
public sealed class EmbeddedCollection : ICollectionFixture<EmbeddedFixture>
{
    public const string Name = "Embedded ClickHouse";
}
