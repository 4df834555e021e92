namespace Orleans.Standin.TestSilo;

[GenerateSerializer, Alias("test.parcel")]
public sealed partial record Parcel
{
    [Id(0)]
    public required string Name { get; init; }

    [Id(1)]
    public Dictionary<string, int[]> Counts { get; init; } = [];

    [Id(2)]
    public Shape? Shape { get; init; }

    [Id(3)]
    public (int A, string? B) Pair { get; init; }

    [Id(4)]
    public DateTimeOffset? At { get; init; }

    [Id(5)]
    public Position Position { get; init; } = new(0, 0);

    [Id(6)]
    private string _hidden = "";

    [NonSerialized]
    private string _notSent = "default";

    public string NotSent
    {
        get => _notSent;
        init => _notSent = value;
    }

    public string Hidden
    {
        get => _hidden;
        init => _hidden = value;
    }
}

[GenerateSerializer, Alias("test.position")]
public sealed record Position(int X, [property: Id(7)] int Y);

[GenerateSerializer, Alias("test.shape")]
public abstract class Shape
{
    [Id(0)]
    public string Colour { get; set; } = "none";
}

[GenerateSerializer, Alias("test.circle")]
public sealed class Circle : Shape
{
    [Id(0)]
    public double Radius { get; set; }
}

[GenerateSerializer, Alias("test.square")]
public sealed class Square : Shape
{
    [Id(0)]
    public double Side { get; set; }
}

public sealed class NotSerializable
{
    public int Value { get; set; }
}

[GenerateSerializer, Alias("test.failure")]
public sealed class TestFailureException : Exception
{
    public TestFailureException(string message)
        : base(message)
    {
    }

    [Id(0)]
    public int Code { get; init; }
}

public sealed class UnknownElsewhereException : InvalidOperationException
{
    public UnknownElsewhereException(int code, string message)
        : base($"{message} ({code})")
    {
    }
}

[GenerateSerializer, Alias("test.count")]
public sealed partial class CountState
{
    [Id(0)]
    public int Count { get; set; }

    [Id(1)]
    public List<string> History { get; set; } = [];
}
