using ClickSink.Embedded;
using ClickSink.Embedded.Chdb;
using Xunit;

namespace ClickSink.Tests.Integration.Embedded;

public sealed class OptionsTests
{
    [Fact]
    public void Validate_Defaults_NoFault() => Assert.Empty(EmbeddedClickHouseOptionsValidator.Validate(new EmbeddedClickHouseOptions { DataPath = "/tmp/x" }));

    [Fact]
    public void Validate_EverythingWrong_EachFaultNamed()
    {
        var faults = EmbeddedClickHouseOptionsValidator.Validate(new EmbeddedClickHouseOptions
        {
            DataPath = " ",
            Address = "10.0.0.1",
            Port = 70000,
            User = "",
            LibraryPath = "/no/such/lib.so",
            MaxConcurrentQueries = 0,
            MaxQueuedQueries = -1,
            MaxMemoryBytes = 5,
            StopTimeout = TimeSpan.FromSeconds(-1),
        });
        foreach (var option in (string[])["DataPath", "Address", "Port", "User", "LibraryPath", "MaxConcurrentQueries", "MaxQueuedQueries", "MaxMemoryBytes", "StopTimeout"])
            Assert.Single(faults, fault => fault.StartsWith(option + " ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/data/a*b")]
    [InlineData("/data/{a,b}")]
    [InlineData("/data/a.zip :: b")]
    public void Validate_PathThatIsAPattern_Refused(string path) =>
        Assert.Equal(2, EmbeddedClickHouseOptionsValidator.Validate(new EmbeddedClickHouseOptions { DataPath = path, SpoolPath = path }).Count);

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.0.0.2", true)]
    [InlineData("::1", true)]
    [InlineData("localhost", true)]
    [InlineData("0.0.0.0", false)]
    [InlineData("::", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("example.com", false)]
    public void IsLoopback_Address(string address, bool expected) => Assert.Equal(expected, EmbeddedClickHouseOptionsValidator.IsLoopback(address));

    [Fact]
    public void Secret_Printed_IsHidden()
    {
        var options = new EmbeddedClickHouseOptions { DataPath = "/d", Password = new Secret("hush") };
        Assert.DoesNotContain("hush", options.ToString(), StringComparison.Ordinal);
        Assert.Contains("***", options.ToString(), StringComparison.Ordinal);
        Assert.Equal("hush", options.Password.Reveal());
    }

    [Fact]
    public void Locate_OptionThenEnvironmentThenFoldersUpwards()
    {
        var root = Directory.CreateTempSubdirectory("clicksink-locate-").FullName;
        try
        {
            var deep = Directory.CreateDirectory(Path.Combine(root, "a", "b")).FullName;
            var failure = Assert.Throws<EmbeddedClickHouseException>(() => ChdbLibraryLocator.Locate(null, "/no/such/file", [deep]));
            Assert.Contains("CLICKSINK_CHDB_LIBRARY is '/no/such/file'", failure.Message, StringComparison.Ordinal);

            var library = Path.Combine(root, "node_modules", "@chdb", "lib-linux-x64-gnu", "libchdb.so");
            Directory.CreateDirectory(Path.GetDirectoryName(library)!);
            File.WriteAllText(library, "");
            Assert.Equal(library, ChdbLibraryLocator.Locate(null, null, [deep]));
            Assert.Equal(library, ChdbLibraryLocator.Locate(null, library, [Path.GetTempPath()]));
            Assert.Equal("/chosen", ChdbLibraryLocator.Locate("/chosen", library, [deep]));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    [Fact]
    public void Load_NotALibrary_SaysSo()
    {
        var file = Path.GetTempFileName();
        var failure = Assert.Throws<EmbeddedClickHouseException>(() => ChdbLibrary.Load(file));
        Assert.Contains($"{file} cannot be loaded", failure.Message, StringComparison.Ordinal);
        File.Delete(file);
    }
}
