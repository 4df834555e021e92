using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Standin.Serialization;

namespace Orleans.Standin.Tests;

/// <summary>What two builds that differ can still say to each other, and what is refused.</summary>
public sealed class SerializerTests
{
    private readonly WireSerializer _serializer = new(new ServiceCollection().BuildServiceProvider());

    [Fact]
    public void Members_AddedAndMissing_AreIgnoredAndDefault()
    {
        var toOlder = Convert<Newer, Older>(new Newer { Kept = "k", Added = 7 });
        var toNewer = Convert<Older, Newer>(new Older { RenamedInCode = "k", Dropped = true });

        Assert.Equal(("k", false), (toOlder.RenamedInCode, toOlder.Dropped));
        Assert.Equal(("k", -1), (toNewer.Kept, toNewer.Added));
    }

    [Fact]
    public void Arguments_FewerThanDeclared_AreDefault()
    {
        var sent = _serializer.SerializeArguments([1], [typeof(int)]);

        Assert.Equal([1, null, 0], _serializer.DeserializeArguments(sent, [typeof(int), typeof(string), typeof(int)]));
    }

    [Fact]
    public void Members_OfBaseAndDerived_MayShareANumber()
    {
        var back = Convert<Derived, Derived>(new Derived { InBase = "b", InDerived = "d" });

        Assert.Equal(("b", "d"), (back.InBase, back.InDerived));
    }

    [Theory]
    [InlineData(typeof(object))]
    [InlineData(typeof(NotMarked))]
    [InlineData(typeof(List<NotMarked>))]
    [InlineData(typeof(Dictionary<string, NotMarked>))]
    [InlineData(typeof(NotMarked[]))]
    [InlineData(typeof(Stream))]
    public void Types_NotMarked_AreRefusedWithTheirName(Type type)
    {
        var value = type == typeof(Stream) ? new MemoryStream() : type == typeof(List<NotMarked>) ? new List<NotMarked> { new() }
            : type == typeof(Dictionary<string, NotMarked>) ? new Dictionary<string, NotMarked> { ["a"] = new() }
            : type == typeof(NotMarked[]) ? new NotMarked[] { new() } : Activator.CreateInstance(type);

        var error = Assert.Throws<NotSupportedException>(() => _serializer.Serialize(value, type));

        Assert.Contains("[GenerateSerializer]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Exceptions_OfOrleans_KeepTheirTypeAndStayRejections()
    {
        var back = _serializer.DeserializeError(_serializer.SerializeError(new SiloUnavailableException("gone", new IOException("why"))));

        Assert.Equal("gone", Assert.IsType<SiloUnavailableException>(back).Message);
        Assert.IsType<IOException>(back.InnerException);
        Assert.IsType<OrleansMessageRejectionException>(
            _serializer.DeserializeError(_serializer.SerializeError(new OrleansMessageRejectionException("no"))));
    }

    private TTo Convert<TFrom, TTo>(TFrom value) =>
        (TTo)_serializer.Deserialize(_serializer.Serialize(value, typeof(TFrom)), typeof(TTo))!;

    [GenerateSerializer, Alias("test.older")]
    public sealed class Older
    {
        [Id(0)]
        public string? RenamedInCode { get; set; }

        [Id(2)]
        public bool Dropped { get; set; }
    }

    [GenerateSerializer, Alias("test.newer")]
    public sealed class Newer
    {
        [Id(0)]
        public string? Kept { get; set; }

        [Id(1)]
        public int Added { get; set; } = -1;
    }

    [GenerateSerializer, Alias("test.basedoc")]
    public class Base
    {
        [Id(0)]
        public string? InBase { get; set; }
    }

    [GenerateSerializer, Alias("test.deriveddoc")]
    public sealed class Derived : Base
    {
        [Id(0)]
        public string? InDerived { get; set; }
    }

    public sealed class NotMarked
    {
        public int Value { get; set; }
    }
}
